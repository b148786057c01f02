"""From an event on its way to its score over HTTP, and to the alert handed to the channel, under half the load."""

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench.channel import Channel, listening
from tests.bench.probes import Probes
from tests.bench.result import Figure, Result
from tests.bench.stage import apart, embedded, product_on
from tests.bench.worker import Helper
from tests.support.product import Process, Product
from tests.support.records import offsets_of

NAME = "latency"
EMBEDDED = "latency-embedded"
ACCOUNTS = 1_000
MODERATE = 1_000.0
_LANES = 8
_BATCH = 100
_EVERY = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The product, who takes events, who answers about scores, and who is told of alerts."""

    product: Product
    ingest: Process
    score: Process
    channel: Channel


def measure(*, quick: bool) -> Result:
    """Apart: one process a service, on Kafka and PostgreSQL, at half of what the whole path was seen to take."""
    with ExitStack() as after:
        channel = after.enter_context(listening())
        stage = after.enter_context(apart())
        product = after.enter_context(product_on(stage))
        told = {"RADAR_ALERTS__SLACK_WEBHOOK_URL": channel.url}
        ingest, score, alerts = (
            product.start("ingest"),
            product.start("score"),
            product.start("alerts", **told),
        )
        for process in (ingest, score, alerts):
            process.ready()
        cast = Cast(product=product, ingest=ingest, score=score, channel=channel)
        most = _most(cast, 20_000 if quick else 100_000)
        figures = _under_load(cast, most / 2, 10 if quick else 60)
    return Result(
        name=NAME,
        title="From event to score and to alert: Kafka, PostgreSQL, one process a service",
        figures=(
            Figure(what="most that the whole path took: sent, folded", value=most, unit="events/s"),
            *figures,
        ),
        notes=_notes("half of that"),
    )


def measure_embedded(*, quick: bool) -> Result:
    """Everything in one process, on SQLite, at a moderate load."""
    with ExitStack() as after:
        channel = after.enter_context(listening())
        product = after.enter_context(embedded())
        run = product.start("run", RADAR_ALERTS__SLACK_WEBHOOK_URL=channel.url).ready()
        cast = Cast(product=product, ingest=run, score=run, channel=channel)
        figures = _under_load(cast, MODERATE, 10 if quick else 40)
    return Result(
        name=EMBEDDED,
        title="From event to score and to alert: everything in one process, SQLite",
        figures=figures,
        notes=_notes("a moderate load"),
    )


def _most(cast: Cast, events: int) -> float:
    """Return how many events a second were sent, acknowledged and folded, all at the same time."""
    with Helper("tests.bench.load", **_task(cast), tag="most", events=events, lanes=_LANES) as load:
        load.ready()
        with offsets_of(cast.product, "health") as offsets:
            before, began = offsets.consumed(), time.monotonic()
            load.go()
            while offsets.consumed() < before + events:
                assert time.monotonic() < began + 150, "the fold didn't keep up"
                time.sleep(0.1)
            return events / (time.monotonic() - began)


def _under_load(cast: Cast, rate: float, seconds: float) -> tuple[Figure, ...]:
    probes = Probes(cast.ingest, cast.score)
    try:
        probes.send(0)
        probes.wait({"probe-00000"}, within=60)
        events = int(rate * (seconds + 4)) // _BATCH * _BATCH
        task = {**_task(cast), "tag": "load", "events": events, "rate": rate, "lanes": _LANES}
        with Helper("tests.bench.load", **task) as load:
            load.ready().go()
            time.sleep(2)  # the load has begun
            last = probes.pace(first=1, every=_EVERY, seconds=seconds)
            answers = load.found()
        names = {f"probe-{number:05d}" for number in range(1, last)}
        probes.wait(names, within=60)
        _wait_for_alerts(cast.channel, names)
    finally:
        probes.close()
    shown = _taken(names, probes.sent, probes.seen)
    told = _taken(names, probes.sent, cast.channel.handed)
    lost = 2 * len(names) - len(shown) - len(told)
    return (
        Figure(what="load while measuring", value=answers["events"] / answers["seconds"], unit="events/s"),
        Figure(what="ingest's answer to a batch of 100, p99", value=1000 * answers["p99"], unit="ms"),
        Figure(what="event → score over HTTP, p50", value=_percentile(shown, 50), unit="s"),
        Figure(
            what="event → score over HTTP, p99",
            value=_percentile(shown, 99),
            unit="s",
            aim="at most",
            bound=5,
        ),
        Figure(what="event → alert handed over, p50", value=_percentile(told, 50), unit="s"),
        Figure(
            what="event → alert handed over, p99",
            value=_percentile(told, 99),
            unit="s",
            aim="at most",
            bound=30,
        ),
        Figure(
            what=f"scores and alerts missing, of {2 * len(names)}",
            value=lost,
            unit="",
            aim="at most",
            bound=0,
        ),
    )


def _wait_for_alerts(channel: Channel, names: set[str]) -> None:
    until = time.monotonic() + 60
    while not names <= channel.handed.keys() and time.monotonic() < until:
        time.sleep(0.05)


def _task(cast: Cast) -> dict[str, object]:
    return {
        "port": cast.ingest.client.base_url.port,
        "key": cast.product.key,
        "accounts": ACCOUNTS,
        "size": _BATCH,
    }


def _taken(names: set[str], sent: Mapping[str, float], there: Mapping[str, float]) -> list[float]:
    return sorted(there[name] - sent[name] for name in names if name in there)


def _percentile(values: Sequence[float], percent: int) -> float:
    return values[min(len(values) - 1, len(values) * percent // 100)] if values else float("nan")


def _notes(load: str) -> tuple[str, ...]:
    return (
        (
            f"{ACCOUNTS:,} accounts send {load}; beside them a new account at risk every {_EVERY} s, nine events in one "
            "request. Measured from before its request until its score is in the list of accounts (looked for every "
            "50 ms), and until the alert's message arrives at a webhook."
        ),
        "The sender, the broker, the database and the looking-up share the machine's cores with the product.",
    )
