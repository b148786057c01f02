"""A trend as small as a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from radar.console.words import plural, signed

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
    known = [(at, score) for at, score in enumerate(scores) if score is not None]
    if len(known) < 2:
        return None
    values = [score for _, score in known]
    middle = (min(values) + max(values)) / 2
    half = max(10.0, (max(values) - min(values)) / 2)
    across = (WIDTH - 2 * _EDGE) / max(1, len(scores) - 1)

    def place(at: int, score: float) -> tuple[float, float]:
        share = (score - (middle - half)) / (2 * half)
        return round(_EDGE + at * across, 1), round(HEIGHT - _EDGE - share * (HEIGHT - 2 * _EDGE), 1)

    points = [place(at, score) for at, score in known]
    change = values[-1] - values[0]
    direction = "flat" if abs(change) < 3 else "up" if change > 0 else "down"
    return Sparkline(
        path="M" + " L".join(f"{x} {y}" for x, y in points),
        x=points[-1][0],
        y=points[-1][1],
        says=f"{signed(change, 0)} points in {plural(len(scores), 'week')}",
        direction=direction,
    )
