"""A whole company's history in one go: 4.8 million events through `radar import` into the embedded product."""

import os
import subprocess
import time
from pathlib import Path
from typing import Final

import msgspec

from tests.bench.processes import cpu_seconds, highest_mib
from tests.bench.result import Figure, Result
from tests.bench.stage import embedded
from tests.support.product import RADAR, Process
from tests.support.wait import eventually

NAME: Final = "crm5"
DATA: Final = Path(__file__).parents[3] / "shared" / "data" / "crm5"
EXCERPT: Final = Path(__file__).parents[1] / "data" / "crm5_excerpt"
MAPPING: Final = Path(__file__).parents[1] / "data" / "crm5-mapping.yaml"
_FILES: Final = ("accounts.csv", "subscriptions.csv", "events.parquet")
_MINUTES: Final = 15.0


def measure(*, quick: bool) -> Result:
    """Import it, wait until everything is counted and scored, and until the log has been trimmed."""
    folder = EXCERPT if quick or not DATA.is_dir() else DATA
    with embedded() as product:
        run = product.start("run", RADAR_LOG_LEVEL="warning", RADAR_LOG__TRIM_SECONDS="30").ready()
        began, spent = time.monotonic(), cpu_seconds(run)
        told = _import(run, product.key, [folder / name for name in _FILES])
        sent = time.monotonic() - began
        accounts = sum(1 for _ in (folder / "accounts.csv").open(encoding="utf-8")) - 1
        eventually(lambda: _is_done(run, accounts), within=3_600, every=1.0, what="all is counted and scored")
        done, cpu = time.monotonic() - began, cpu_seconds(run) - spent
        eventually(lambda: _log(product.folder) < 300, within=600, every=1.0, what="the log has been trimmed")
        held = sum(file.stat().st_size for file in product.folder.glob("*.db*") if file.is_file()) / 2**20
        memory = highest_mib(run)
    return Result(
        name=NAME,
        title=f"`radar import` of {told:,} events of {accounts:,} accounts, everything in one process",
        figures=(
            Figure(what="accepted by the log", value=told / sent, unit="events/s"),
            Figure(what="counted and scored", value=told / done, unit="events/s"),
            Figure(what="the import alone", value=sent / 60, unit="min"),
            Figure(
                what="until all is counted and scored",
                value=done / 60,
                unit="min",
                aim="at most",
                bound=_MINUTES,
            ),
            Figure(what="processor time of the product", value=1e6 * cpu / told, unit="µs/event"),
            Figure(what="memory of the product, at most", value=memory, unit="MiB"),
            Figure(what="disk once the log was trimmed", value=held, unit="MiB"),
        ),
        notes=("`radar import` runs on the same two cores. Untrimmed, the log would hold 1.5 GiB.",),
    )


def _import(run: Process, key: str, files: list[Path]) -> int:
    command = [*RADAR, "import", "--history", "--json", "--mapping", str(MAPPING), *map(str, files)]
    environment = {**os.environ, "RADAR_URL": str(run.client.base_url), "RADAR_KEY": key}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    told = msgspec.json.decode(done.stdout)
    assert told["rejected"] == 0, told
    return int(told["accepted"])


def _is_done(run: Process, accounts: int) -> bool:
    metrics = run.client.get("/metrics").text
    lags = [
        line.rsplit(" ", 1)[1] for line in metrics.splitlines() if line.startswith("radar_consumer_lag_rec")
    ]
    if not lags or any(float(lag) for lag in lags):
        return False
    return int(run.get("/v1/accounts", limit=1)["totals"]["accounts"]) + _former(run) >= accounts


def _former(run: Process) -> int:
    standings = run.get("/v1/accounts", limit=1)["totals"]["standings"]
    return sum(one["accounts"] for one in standings if one["standing"] == "former")


def _log(folder: Path) -> float:
    return (folder / "log.db").stat().st_size / 2**20
