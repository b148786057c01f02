"""The score over time: a line that breaks where there was no score, over the bands it moved through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from unicodedata import east_asian_width

from radar.console.charts.picture import Dot, Picture, Zone, picture
from radar.console.charts.time_axis import RIGHT, WIDE, ChartSize, Tick, TimeAxis, runs
from radar.console.texts import text
from radar.console.words import BANDS, day, short_day
from radar_vocabulary.answers.scorecards import BandLimits

_NAME_GAP: Final = 8


@dataclass(frozen=True, kw_only=True)
class DayScore:
    """The score of a day; None where there was none."""

    day: date
    score: float | None
    band: str


def score_line(
    readings: Sequence[DayScore],
    *,
    first: date,
    last: date,
    limits: BandLimits | None,
    size: ChartSize = WIDE,
) -> Picture | None:
    """Return the picture of ``readings`` from ``first`` to ``last``; None when no day has a score."""
    scored = [reading for reading in readings if reading.score is not None]
    if not scored:
        return None
    axis = TimeAxis(size=size, first=first, days=max(1, (last - first).days))
    stretches = [
        [_point(axis, reading) for reading in run]
        for run in runs(readings, lambda reading: reading.score is not None)
    ]
    zones = _zones(axis, limits)
    return picture(
        axis,
        stretches,
        dots=[_dot(axis, reading) for reading in scored],
        rows=[Tick(at=_y(axis, score), text=f"{score:.0f}") for score in (0.0, 25.0, 50.0, 75.0, 100.0)],
        columns=axis.columns(last),
        summary=_summary(scored),
        zones=zones,
        filled=True,
        overhang=_overhang(zones),
    )


def _y(axis: TimeAxis, score: float) -> float:
    return axis.y(score / 100)


def _point(axis: TimeAxis, reading: DayScore) -> tuple[float, float]:
    assert reading.score is not None
    return axis.x(reading.day), _y(axis, reading.score)


def _dot(axis: TimeAxis, reading: DayScore) -> Dot:
    x, y = _point(axis, reading)
    band = BANDS.get(reading.band, reading.band).lower()
    return Dot(
        x=x,
        y=y,
        strip_x=round(x - axis.step / 2, 1),
        strip_width=round(axis.step, 1),
        band=reading.band,
        says=f"{short_day(reading.day)}: {reading.score:.1f}, {band}",
    )


def _zones(axis: TimeAxis, limits: BandLimits | None) -> tuple[Zone, ...]:
    if limits is None:
        return ()
    edges = {
        "healthy": (100.0, limits.healthy),
        "watch": (limits.healthy, limits.watch),
        "at_risk": (limits.watch, 0.0),
    }
    return tuple(
        Zone(band=band, name=BANDS[band], y=_y(axis, top), height=round(_y(axis, low) - _y(axis, top), 1))
        for band, (top, low) in edges.items()
    )


def _overhang(zones: Sequence[Zone]) -> int:
    """Return how far the longest name reaches over the margin that it stands in."""
    return max([0, *(_NAME_GAP + _length(zone.name) - RIGHT for zone in zones)])


def _length(name: str) -> int:
    # East Asian characters are as wide as the font is high (11), others little more than half of it.
    return sum(11 if east_asian_width(one) in "WF" else 7 for one in name)


def _summary(scored: Sequence[DayScore]) -> str:
    start, end = scored[0], scored[-1]
    low = min(scored, key=lambda reading: reading.score or 0.0)
    return text(
        "The score was {start} on {first} and {end} on {last}; the lowest was {low} on {when}.",
        start=f"{start.score:.0f}",
        first=day(start.day),
        end=f"{end.score:.0f}",
        last=day(end.day),
        low=f"{low.score:.0f}",
        when=day(low.day),
    )
