"""A picture of one share against another, both from 0 to 100%: lift and reliability."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from radar.console.charts.time_axis import Tick, path

WIDTH: Final = 420
HEIGHT: Final = 390
LEFT: Final = 46
RIGHT: Final = 12
TOP: Final = 28
BOTTOM: Final = 46
QUARTERS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, kw_only=True)
class Point:
    """A dot on the picture and what it says."""

    x: float
    y: float
    radius: float
    says: str


@dataclass(frozen=True, kw_only=True)
class Series:
    """A line with its dots; ``kind`` decides its colour."""

    kind: str
    title: str
    path: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shares:
    """The picture: ``diagonal`` is the line to compare with."""

    series: tuple[Series, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    diagonal: str
    across: str
    up: str
    summary: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def shares(series: Iterable[Series], *, across: str, up: str, summary: str) -> Shares:
    """Return the picture of ``series``; ``across`` and ``up`` name its axes."""
    return Shares(
        series=tuple(series),
        rows=tuple(Tick(at=place(0, share)[1], text=f"{share:.0%}") for share in QUARTERS),
        columns=tuple(Tick(at=place(share, 0)[0], text=f"{share:.0%}") for share in QUARTERS),
        diagonal=path([place(0, 0), place(1, 1)]),
        across=across,
        up=up,
        summary=summary,
    )


def line(
    kind: str, title: str, values: Sequence[tuple[float, float]], dots: Sequence[tuple[float, str]] = ()
) -> Series:
    """Return a line through ``values`` (shares); ``dots``: radius and words of each, where they are shown."""
    spots = [place(across, up) for across, up in values]
    points = [
        Point(x=x, y=y, radius=radius, says=says) for (x, y), (radius, says) in zip(spots, dots, strict=False)
    ]
    return Series(kind=kind, title=title, path=path(spots), points=tuple(points))


def place(across: float, up: float) -> tuple[float, float]:
    """Return where two shares meet."""
    x = LEFT + across * (WIDTH - LEFT - RIGHT)
    y = HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)
    return round(x, 1), round(y, 1)
