"""A trend as small as a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from radar.console.texts import counted
from radar.console.words import signed

WIDTH: Final = 84
HEIGHT: Final = 24
_EDGE: Final = 3


@dataclass(frozen=True, kw_only=True)
class Sparkline:
    """A line's path, its last point, and what it says."""

    path: str
    x: float
    y: float
    says: str
    direction: str
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(scores: Sequence[float | None]) -> Sparkline | None:
    """Return the picture of weekly ``scores``, oldest first; None for fewer than two.

    The height is never less than twenty points, so that a flat line looks flat.
    """
    values = [score for score in scores if score is not None]
    if len(values) < 2:
        return None
    change = values[-1] - values[0]
    return _line(
        scores,
        least_half=10.0,
        direction="flat" if abs(change) < 3 else "up" if change > 0 else "down",
        says=counted(
            "{change} points in {count} week",
            "{change} points in {count} weeks",
            len(scores),
            change=signed(change, 0),
        ),
    )


def value_sparkline(values: Sequence[float | None], *, better: str, says: str) -> Sparkline | None:
    """Return the picture of a metric's values, oldest first; None for fewer than two.

    ``better`` is the metric's direction (higher, lower or neither) and decides what counts as up. The height is never
    less than a fifth of the values' size, so that a flat line looks flat.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    size = max(abs(value) for value in known)
    change = (known[-1] - known[0]) * {"higher": 1, "lower": -1}.get(better, 0)
    moved = abs(change) > size / 20
    return _line(
        values,
        least_half=size / 10 or 1.0,
        direction="flat" if not moved else "up" if change > 0 else "down",
        says=says,
    )


def _line(values: Sequence[float | None], *, least_half: float, direction: str, says: str) -> Sparkline:
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    least, most = min(value for _, value in known), max(value for _, value in known)
    middle, half = (least + most) / 2, max(least_half, (most - least) / 2)
    across = (WIDTH - 2 * _EDGE) / max(1, len(values) - 1)

    def place(at: int, value: float) -> tuple[float, float]:
        share = (value - (middle - half)) / (2 * half)
        return round(_EDGE + at * across, 1), round(HEIGHT - _EDGE - share * (HEIGHT - 2 * _EDGE), 1)

    points = [place(at, value) for at, value in known]
    return Sparkline(
        path="M" + " L".join(f"{x} {y}" for x, y in points),
        x=points[-1][0],
        y=points[-1][1],
        says=says,
        direction=direction,
    )
