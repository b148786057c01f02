"""Why the score is what it is: the drivers as rows that add up from the neutral score."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from radar.console.charts.diverging import Bar, diverging_bars
from radar_vocabulary.contracts.health import Driver, HealthSnapshot

SHOWN: Final = 9


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A driver's row."""

    text: str
    metric: str
    dimension: str
    points: float
    bar: Bar


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """The drivers and their sum: ``neutral`` + ``total`` = ``score``. ``rest`` is what isn't shown one by one."""

    rows: tuple[Reason, ...]
    rest_count: int
    rest_points: float
    neutral: float
    total: float
    score: float


def reasons(snapshot: HealthSnapshot, *, every: bool = False) -> Reasons | None:
    """Return the reasons of a snapshot; None when there is no score to explain."""
    if snapshot.score is None:
        return None
    counting = sorted(
        (driver for driver in snapshot.drivers if driver.points), key=lambda driver: -abs(driver.points)
    )
    shown = counting if every or len(counting) <= SHOWN + 1 else counting[:SHOWN]
    rest = counting[len(shown) :]
    return Reasons(
        rows=_rows(shown),
        rest_count=len(rest),
        rest_points=sum(driver.points for driver in rest),
        neutral=snapshot.scorecard.neutral,
        total=sum(driver.points for driver in counting),
        score=snapshot.score,
    )


def _rows(drivers: Sequence[Driver]) -> tuple[Reason, ...]:
    bars = diverging_bars([driver.points for driver in drivers])
    return tuple(
        Reason(
            text=driver.text,
            metric=driver.metric,
            dimension=driver.dimension,
            points=driver.points,
            bar=bar,
        )
        for driver, bar in zip(drivers, bars, strict=True)
    )
