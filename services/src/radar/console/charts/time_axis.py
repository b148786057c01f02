"""The frame of a picture over days: its size, its margins, and where a day lies."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

from radar.console.words import short_day

LEFT: Final = 34
RIGHT: Final = 60
TOP: Final = 12
BOTTOM: Final = 30
_YEARS_FROM: Final = 400
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ChartSize:
    """The size of a picture, in units of its viewBox, and about how many days its axis names."""

    width: int
    height: int
    columns: int


WIDE: Final = ChartSize(width=720, height=270, columns=6)
FULL: Final = ChartSize(width=1080, height=300, columns=8)
NARROW: Final = ChartSize(width=360, height=230, columns=3)


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A mark on an axis."""

    at: float
    text: str


@dataclass(frozen=True, kw_only=True)
class TimeAxis:
    """Where a day lies, of ``days`` days from ``first``; ``left`` is the margin that numbers stand in."""

    size: ChartSize
    first: date
    days: int
    left: int = LEFT

    @property
    def step(self) -> float:
        """Return the width of a day."""
        return (self.size.width - self.left - RIGHT) / self.days

    def x(self, when: date) -> float:
        """Return the place of a day."""
        return round(self.left + (when - self.first).days * self.step, 1)

    def y(self, share: float) -> float:
        """Return the height of a share of the scale: 0 is the floor, 1 the top."""
        return round(TOP + (1 - share) * (self.size.height - TOP - BOTTOM), 1)

    def area(self, run: Sequence[tuple[float, float]]) -> str:
        """Return the path of what lies under a line."""
        floor = self.size.height - BOTTOM
        return f"{path(run)} L{run[-1][0]} {floor} L{run[0][0]} {floor} Z"

    def columns(self, last: date) -> tuple[Tick, ...]:
        """Return the days that the axis names."""
        every = max(1, round(self.days / self.size.columns))
        days = [last - timedelta(days=back) for back in range(0, self.days + 1, every)]
        inside = [when for when in reversed(days) if self.x(when) >= self.left + 10]
        is_long = self.days > _YEARS_FROM
        return tuple(
            Tick(at=self.x(when), text=f"{when:%m/%Y}" if is_long else short_day(when)) for when in inside
        )


def runs(rows: Iterable[T], is_known: Callable[[T], bool]) -> list[list[T]]:
    """Return the stretches of known rows: a line breaks where nothing is known."""
    found: list[list[T]] = [[]]
    for row in rows:
        if is_known(row):
            found[-1].append(row)
        else:
            found.append([])
    return [run for run in found if run]


def path(run: Iterable[tuple[float, float]]) -> str:
    """Return the path of a line."""
    return "M" + " L".join(f"{x} {y}" for x, y in run)
