"""A picture of one share against another, both from 0 to 100%: panels side by side over one legend.

Colours are attributes of the SVG, so that a file of it needs no stylesheet. A page may set others by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

WIDTH: Final = 420
HEIGHT: Final = 410
LEFT: Final = 46
RIGHT: Final = WIDTH - 12
TOP: Final = 48
BOTTOM: Final = HEIGHT - 46
LEGEND: Final = HEIGHT + 16
LEGEND_ROW: Final = 20
TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A dot at the shares ``x`` and ``y``; ``text`` is what it means."""

    x: float
    y: float
    radius: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line through ``points`` (pairs of shares) with its dots; ``kind`` is the end of its CSS class."""

    kind: str
    title: str
    colour: str
    width: float
    points: Sequence[tuple[float, float]]
    dots: Sequence[Dot] = ()


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Lines in one frame; the last one lies on top."""

    heading: str
    lines: Sequence[Line]


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The words on a picture: its axes, the dashed diagonal, and a summary for those who can't see it."""

    across: str
    up: str
    diagonal: str
    summary: str


def draw(panels: Sequence[Panel], labels: Labels) -> Markup:
    """Return the picture as an SVG element; the same panels give the same text."""
    legend = list({line.kind: line for panel in panels for line in reversed(panel.lines)}.values())
    columns = 2 * len(panels)
    rows = -(-(len(legend) + 1) // columns)
    drawn = _template().render(
        panels=panels,
        labels=labels,
        legend=[(_legend_place(at, columns), line) for at, line in enumerate((*legend, None))],
        ticks=[(*place(share, share), f"{share:.0%}") for share in TICKS],
        path=_path,
        place=place,
        width=WIDTH * len(panels),
        height=LEGEND + LEGEND_ROW * rows,
        panel_width=WIDTH,
        left=LEFT,
        right=RIGHT,
        bottom=BOTTOM,
    )
    return Markup(drawn)  # noqa: S704 - the template escapes what it is given


def place(across: float, up: float) -> tuple[float, float]:
    """Return where two shares meet in a panel."""
    return round(LEFT + across * (RIGHT - LEFT), 1), round(BOTTOM - up * (BOTTOM - TOP), 1)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in (place(*point) for point in points))


def _legend_place(at: int, columns: int) -> tuple[float, int]:
    return LEFT + at % columns * (WIDTH - LEFT) / 2, LEGEND + LEGEND_ROW * (at // columns)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("radar_vocabulary.pictures"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("shares.svg")
