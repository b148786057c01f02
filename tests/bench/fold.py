"""Events a second that one process takes from the log to committed state, beside the floor that nothing can beat."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.databases import fresh
from tests.bench.events import EventSource, on_the_log
from tests.bench.result import Figure, Result
from tests.bench.stage import Stage, apart
from tests.bench.topic import fill
from tests.bench.worker import Helper

NAME = "fold"
AIM = 60.0
ACCOUNTS = 1_000


@dataclass(frozen=True, slots=True)
class Told:
    """The records of the day before and of today."""

    history: list[tuple[bytes, bytes]]
    today: list[tuple[bytes, bytes]]


def measure(*, quick: bool) -> Result:
    """Alternate rounds of the product and of the floor on one broker and one database server."""
    count, rounds = (20_000, 1) if quick else (100_000, 3)
    source = EventSource(accounts=ACCOUNTS, tag="fold")
    told = Told(on_the_log(source.history(), days_ago=1), on_the_log(source.take(count)))
    with apart() as stage:
        pairs = [_round(stage, told, f"bench.fold.{number}") for number in range(rounds)]
    return _result(pairs)


def fold_once(stage: Stage, told: Told, topic: str, *, keep: str | None = None) -> dict[str, Any]:
    """Let the product fold ``told`` from a new topic into a new database; return what it found."""
    fill(stage, topic, told.history)
    with Helper(
        "tests.bench.fold_product", bus=stage.broker.url, database=fresh(stage.postgres.url()), topic=topic,
        history=len(told.history), more=len(told.today), keep=keep,
    ) as product:  # fmt: skip
        product.ready()
        fill(stage, topic, told.today)
        found: dict[str, Any] = product.run()
    return found


def _round(stage: Stage, told: Told, topic: str) -> tuple[dict[str, Any], dict[str, Any]]:
    kept = str(stage.folder / "written.pickle")
    ours = fold_once(stage, told, topic, keep=kept)
    database = fresh(stage.postgres.url()).replace("+psycopg", "")
    with Helper(
        "tests.bench.fold_floor", bootstrap=stage.broker.bootstrap, database=database, topic=topic,
        history=len(told.history), kept=kept,
    ) as floor:  # fmt: skip
        return ours, floor.run()


def _result(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> Result:
    ours = tuple(one["records"] / one["seconds"] for one, _ in pairs)
    floor = tuple(one["records"] / one["seconds"] for _, one in pairs)
    ratios = tuple(100 * mine / theirs for mine, theirs in zip(ours, floor, strict=True))
    last = pairs[-1][0]
    size = last["bytes"] / max(1, last["rollups"])
    return Result(
        name=NAME,
        title="Health score: from the log to committed state on PostgreSQL, one process",
        figures=(
            Figure(what="the fold", value=median(ours), unit="events/s", spread=ours),
            Figure(what="the floor", value=median(floor), unit="events/s", spread=floor),
            Figure(what="ratio", value=median(ratios), unit="%", spread=ratios, aim="at least", bound=AIM),
            Figure(
                what="processor time of the fold",
                value=median(_cpu(one) for one, _ in pairs),
                unit="µs/event",
            ),
            Figure(
                what="processor time of the floor",
                value=median(_cpu(one) for _, one in pairs),
                unit="µs/event",
            ),
        ),
        notes=(
            (
                f"{ACCOUNTS:,} accounts that were all there the day before; a batch of {last['records'] / max(1, last['batches']):,.0f} events writes "
                f"{last['rows'] / max(1, last['batches']):,.0f} rows, of these "
                f"{last['rollups'] / max(1, last['batches']):,.0f} rollups of {size:.0f} bytes."
            ),
            (
                "The floor: a bare consumer's poll and msgspec's decode of the same records, then per transaction an offset, "
                "the insert of the same ids and the upsert of the same rollup rows, laid ready as columns."
            ),
        ),
    )


def _cpu(one: dict[str, Any]) -> float:
    return 1e6 * one["cpu"] / one["records"]
