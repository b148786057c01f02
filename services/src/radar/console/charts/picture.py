"""A line over days as it is drawn: what `score_line.svg` is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from radar.console.charts.time_axis import BOTTOM, RIGHT, TOP, Tick, TimeAxis, path


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
class Picture:
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


def picture(
    axis: TimeAxis,
    stretches: Sequence[Sequence[tuple[float, float]]],
    *,
    dots: Sequence[Dot],
    rows: Sequence[Tick],
    columns: Sequence[Tick],
    summary: str,
    zones: Sequence[Zone] = (),
    filled: bool = False,
    overhang: int = 0,
) -> Picture:
    """Return the picture of a line in ``stretches``.

    Args:
        axis: its frame.
        stretches: the places of the line, one stretch after another.
        dots: what can be pointed at.
        rows: the marks of the scale.
        columns: the days that are named.
        summary: the picture in a sentence.
        zones: parts of the height with a colour and a name.
        filled: whether what lies under the line is coloured.
        overhang: how far the picture must reach beyond its width.
    """
    size = axis.size
    return Picture(
        lines=tuple(path(run) for run in stretches),
        areas=tuple(axis.area(run) for run in stretches if len(run) > 1) if filled else (),
        dots=tuple(dots),
        zones=tuple(zones),
        rows=tuple(rows),
        columns=tuple(columns),
        summary=summary,
        width=size.width + overhang,
        height=size.height,
        left=axis.left,
        right=size.width - RIGHT,
        top=TOP,
        bottom=size.height - BOTTOM,
    )
