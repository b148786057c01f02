"""Events a second that one ``radar ingest`` accepts and the log acknowledges, beside a bare KafkaProducer."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from radar_chassis.bus.port import TopicSettings
from radar_vocabulary.contracts.topics import EVENTS
from tests.bench.processes import cpu_seconds
from tests.bench.result import Figure, Result
from tests.bench.stage import Stage, apart, product_on
from tests.bench.worker import Helper
from tests.support.product import Process, Product

NAME = "ingest"
BATCH = 100
LANES = 16
ACCOUNTS = 1_000
AIM = 60.0
_BARE_TOPIC = "bench.bare"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is sent in a round, and how many rounds."""

    events: int
    rounds: int
    warm_up: int


def measure(*, quick: bool) -> Result:
    """Alternate rounds of the product and of the bare producer on one broker."""
    scale = (
        Scale(events=10_000, rounds=1, warm_up=5_000)
        if quick
        else Scale(events=40_000, rounds=5, warm_up=10_000)
    )
    with apart() as stage, product_on(stage) as product:
        ingest = product.start("ingest").ready()
        bus = product.bus()
        bus.ensure_topics({_BARE_TOPIC: TopicSettings(partitions=8)})
        bus.close()
        rounds = [_round(stage, product, ingest, scale, number) for number in range(scale.rounds)]
    return _result(rounds)


def _round(
    stage: Stage, product: Product, ingest: Process, scale: Scale, number: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    task: dict[str, Any] = {"port": ingest.client.base_url.port, "key": product.key, "accounts": ACCOUNTS}
    with Helper(
        "tests.bench.load", **task, tag=f"r{number}", events=scale.events, size=BATCH, lanes=LANES,
        warm_up=scale.warm_up,
    ) as load:  # fmt: skip
        load.ready()
        busy = cpu_seconds(ingest)
        load.go()
        ours = load.found()
        ours["server_cpu"] = cpu_seconds(ingest) - busy
    with Helper(
        "tests.bench.bare_producer", bootstrap=stage.broker.bootstrap, source=EVENTS, target=_BARE_TOPIC,
        events=scale.events, warm_up=min(scale.warm_up, scale.events),
    ) as producer:  # fmt: skip
        bare = producer.run()
    return ours, bare


def _result(rounds: list[tuple[dict[str, Any], dict[str, Any]]]) -> Result:
    ours = tuple(one["events"] / one["seconds"] for one, _ in rounds)
    bare = tuple(one["events"] / one["seconds"] for _, one in rounds)
    ratios = tuple(100 * mine / theirs for mine, theirs in zip(ours, bare, strict=True))
    last = rounds[-1]
    return Result(
        name=NAME,
        title="Ingest: accepted and acknowledged, one process",
        figures=(
            Figure(
                what="`radar ingest`, batches of 100 over HTTP",
                value=median(ours),
                unit="events/s",
                spread=ours,
            ),
            Figure(
                what="bare KafkaProducer, the same records", value=median(bare), unit="events/s", spread=bare
            ),
            Figure(what="ratio", value=median(ratios), unit="%", spread=ratios, aim="at least", bound=AIM),
            Figure(
                what="processor time of `radar ingest`",
                value=median(1e6 * one["server_cpu"] / one["events"] for one, _ in rounds),
                unit="µs/event",
            ),
            Figure(
                what="processor time of the bare producer",
                value=median(1e6 * one["cpu"] / one["events"] for _, one in rounds),
                unit="µs/event",
            ),
            Figure(
                what="answer of a batch, p50", value=1000 * median(r["p50"] for r, _ in rounds), unit="ms"
            ),
            Figure(
                what="answer of a batch, p99", value=1000 * median(r["p99"] for r, _ in rounds), unit="ms"
            ),
        ),
        notes=(
            (
                f"{LANES} keep-alive connections, one batch under way on each; the sender is a process of its own and took "
                f"{100 * last[0]['cpu'] / last[0]['seconds']:.0f}% of a core."
            ),
            (
                f"A record on the log is {last[1]['bytes'] / last[1]['events']:.0f} bytes; both sides: acks=all, idempotent, "
                "the same linger and batch size, one broker, eight partitions, alternating rounds."
            ),
        ),
    )
