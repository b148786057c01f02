"""Memory that each process holds: idle, under load, and the embedded one with the sample company."""

import time
from typing import Any

from tests.bench.processes import resident_mib
from tests.bench.result import Figure, Result
from tests.bench.stage import apart, embedded, product_on
from tests.bench.worker import Helper
from tests.support.product import Process, Product
from tests.support.wait import eventually

NAME = "memory"
SERVICES = ("ingest", "score", "alerts")
_MOST = 400


def measure(*, quick: bool) -> Result:
    """Look at each process when it is ready, then at its highest while events come in."""
    seconds, rate = (5, 1_000) if quick else (20, 3_000)
    with apart() as stage, product_on(stage) as product:
        processes = {kind: product.start(kind) for kind in SERVICES}
        for process in processes.values():
            process.ready()
        idle = {kind: resident_mib(one) for kind, one in processes.items()}
        loaded = _highest(product, processes["ingest"], processes, rate=rate, seconds=seconds)
    with embedded() as product:
        process = _with_sample(product)
        settled = resident_mib(process)
        most = _highest(product, process, {"run": process}, rate=rate / 3, seconds=seconds)["run"]
    apart_figures = tuple(
        figure
        for kind in SERVICES
        for figure in (
            Figure(what=f"`radar {kind}`, idle", value=idle[kind], unit="MiB"),
            Figure(what=f"`radar {kind}`, under load", value=loaded[kind], unit="MiB"),
        )
    )
    return Result(
        name=NAME,
        title="Memory of each process (resident)",
        figures=(
            *apart_figures,
            Figure(
                what="everything in one, sample loaded", value=settled, unit="MiB", aim="at most", bound=_MOST
            ),
            Figure(
                what="everything in one, sample and load", value=most, unit="MiB", aim="at most", bound=_MOST
            ),
        ),
        notes=(
            (
                f"Under load: the highest of {seconds} s with {rate:,} events/s from 1,000 accounts "
                f"({rate // 3:,} for everything in one)."
            ),
        ),
    )


def _with_sample(product: Product) -> Process:
    """Start everything in one process with the sample, and wait until all its accounts are scored."""
    process = product.start("sample").ready()
    eventually(lambda: len(process.get("/v1/accounts", limit=200)["items"]) >= 60, within=120, every=0.5)
    return process


def _highest(
    product: Product, ingest: Process, processes: dict[str, Process], *, rate: float, seconds: float
) -> dict[str, float]:
    task: dict[str, Any] = {
        "port": ingest.client.base_url.port,
        "key": product.key,
        "accounts": 1_000,
        "lanes": 8,
    }
    events = int(rate * seconds) // 100 * 100
    highest = dict.fromkeys(processes, 0.0)
    with Helper("tests.bench.load", **task, tag="memory", events=events, rate=rate) as load:
        load.ready().go()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for kind, process in processes.items():
                highest[kind] = max(highest[kind], resident_mib(process))
            time.sleep(0.25)
        load.found()
    return highest
