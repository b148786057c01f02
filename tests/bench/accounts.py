"""Whether the fold's speed depends on how many accounts there are."""

from statistics import median

from tests.bench.events import EventSource, on_the_log
from tests.bench.fold import Told, fold_once
from tests.bench.result import Figure, Result
from tests.bench.stage import apart

NAME = "accounts"
SMALL, LARGE = 1_000, 100_000
AIM = 85.0


def measure(*, quick: bool) -> Result:
    """Alternate folds with few and with many accounts, in the middle of a day on which everybody has been seen."""
    count, rounds, large = (20_000, 1, 10_000) if quick else (100_000, 2, LARGE)
    few, many = _told(SMALL, count), _told(large, count)
    with apart() as stage:
        pairs = [
            (fold_once(stage, few, f"bench.few.{number}"), fold_once(stage, many, f"bench.many.{number}"))
            for number in range(rounds)
        ]
    slow = tuple(one["records"] / one["seconds"] for _, one in pairs)
    fast = tuple(one["records"] / one["seconds"] for one, _ in pairs)
    ratios = tuple(100 * mine / theirs for mine, theirs in zip(slow, fast, strict=True))
    rows = [one["rollups"] / one["records"] for one in pairs[-1]]
    return Result(
        name=NAME,
        title="The fold with few and with many accounts",
        figures=(
            Figure(what=f"{SMALL:,} accounts", value=median(fast), unit="events/s", spread=fast),
            Figure(what=f"{large:,} accounts", value=median(slow), unit="events/s", spread=slow),
            Figure(what="ratio", value=median(ratios), unit="%", spread=ratios, aim="at least", bound=AIM),
        ),
        notes=(
            "Uses of one feature, one person an account; each account was seen earlier on the same day.",
            (
                f"Rollup rows written per event: {rows[0]:.2f} with few accounts, {rows[1]:.2f} with many: the more accounts a "
                "batch touches, the less of it folds together in memory."
            ),
            f"Memory of the consumer at the end: {pairs[-1][0]['rss']:.0f} and {pairs[-1][1]['rss']:.0f} MiB.",
        ),
    )


def _told(accounts: int, count: int) -> Told:
    source = EventSource(accounts=accounts, tag=f"of{accounts}", people=(1, 1), plain=True)
    return Told(on_the_log(source.history()), on_the_log(source.take(count)))
