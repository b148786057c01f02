"""The score over time: a line that breaks where there was no score, over the bands it moved through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from radar.console.answers import BandLimits
from radar.console.words import BANDS, day, short_day

LEFT: Final = 34
RIGHT: Final = 60
TOP: Final = 12
BOTTOM: Final = 30


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The size of a picture, in units of its viewBox, and about how many days its axis names."""

    width: int
    height: int
    columns: int


WIDE: Final = Paper(width=720, height=270, columns=6)
NARROW: Final = Paper(width=360, height=230, columns=3)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The score of a day; None where there was none."""

    day: date
    score: float | None
    band: str


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A day on the picture: where it is, the strip that the pointer may touch, what it says."""

    x: float
    y: float
    strip_x: float
    strip_width: float
    band: str
    says: str


@dataclass(frozen=True, kw_only=True)
class Zone:
    """A band's part of the height."""

    band: str
    name: str
    y: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A mark on an axis."""

    at: float
    text: str


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """The picture. ``lines`` and ``areas`` are SVG path data, one for each stretch without a gap."""

    lines: tuple[str, ...]
    areas: tuple[str, ...]
    dots: tuple[Dot, ...]
    zones: tuple[Zone, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    summary: str
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int


def score_line(
    readings: Sequence[Reading], *, first: date, last: date, limits: BandLimits | None, paper: Paper = WIDE
) -> ScoreLine | None:
    """Return the picture of ``readings`` from ``first`` to ``last``; None when no day has a score."""
    scored = [reading for reading in readings if reading.score is not None]
    if not scored:
        return None
    scale = _Scale(paper=paper, first=first, days=max(1, (last - first).days))
    runs = [[scale.point(reading) for reading in run] for run in _runs(readings)]
    return ScoreLine(
        lines=tuple(_path(run) for run in runs),
        areas=tuple(scale.area(run) for run in runs if len(run) > 1),
        dots=tuple(scale.dot(reading) for reading in scored),
        zones=scale.zones(limits),
        rows=tuple(Tick(at=scale.y(score), text=f"{score:.0f}") for score in (0.0, 25.0, 50.0, 75.0, 100.0)),
        columns=scale.columns(last),
        summary=_summary(scored),
        width=paper.width,
        height=paper.height,
        left=LEFT,
        right=paper.width - RIGHT,
        top=TOP,
        bottom=paper.height - BOTTOM,
    )


@dataclass(frozen=True, kw_only=True)
class _Scale:
    """Where a day and a score lie on the paper."""

    paper: Paper
    first: date
    days: int

    @property
    def step(self) -> float:
        return (self.paper.width - LEFT - RIGHT) / self.days

    def x(self, when: date) -> float:
        return round(LEFT + (when - self.first).days * self.step, 1)

    def y(self, score: float) -> float:
        return round(TOP + (100 - score) / 100 * (self.paper.height - TOP - BOTTOM), 1)

    def point(self, reading: Reading) -> tuple[float, float]:
        assert reading.score is not None
        return self.x(reading.day), self.y(reading.score)

    def area(self, run: Sequence[tuple[float, float]]) -> str:
        floor = self.paper.height - BOTTOM
        return f"{_path(run)} L{run[-1][0]} {floor} L{run[0][0]} {floor} Z"

    def dot(self, reading: Reading) -> Dot:
        x, y = self.point(reading)
        band = BANDS.get(reading.band, reading.band).lower()
        return Dot(
            x=x,
            y=y,
            strip_x=round(x - self.step / 2, 1),
            strip_width=round(self.step, 1),
            band=reading.band,
            says=f"{short_day(reading.day)}: {reading.score:.1f}, {band}",
        )

    def zones(self, limits: BandLimits | None) -> tuple[Zone, ...]:
        if limits is None:
            return ()
        edges = {
            "healthy": (100.0, limits.healthy),
            "watch": (limits.healthy, limits.watch),
            "at_risk": (limits.watch, 0.0),
        }
        return tuple(
            Zone(band=band, name=BANDS[band], y=self.y(top), height=round(self.y(low) - self.y(top), 1))
            for band, (top, low) in edges.items()
        )

    def columns(self, last: date) -> tuple[Tick, ...]:
        every = max(1, round(self.days / self.paper.columns))
        days = [last - timedelta(days=back) for back in range(0, self.days + 1, every)]
        inside = [when for when in reversed(days) if self.x(when) >= LEFT + 10]
        return tuple(Tick(at=self.x(when), text=short_day(when)) for when in inside)


def _runs(readings: Sequence[Reading]) -> list[list[Reading]]:
    runs: list[list[Reading]] = [[]]
    for reading in readings:
        if reading.score is None:
            runs.append([])
        else:
            runs[-1].append(reading)
    return [run for run in runs if run]


def _path(run: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in run)


def _summary(scored: Sequence[Reading]) -> str:
    start, end = scored[0], scored[-1]
    low = min(scored, key=lambda reading: reading.score or 0.0)
    return (
        f"The score went from {start.score:.0f} on {day(start.day)} to {end.score:.0f} on {day(end.day)}; "
        f"the lowest was {low.score:.0f} on {day(low.day)}."
    )
