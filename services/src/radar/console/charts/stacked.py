"""One bar cut into parts."""

from collections.abc import Sequence
from typing import Final

WIDTH: Final = 1000.0
GAP: Final = 4.0


def stacked_parts(counts: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Return (x, width) of each count on a bar WIDTH wide; an empty one has no width, a small one stays visible."""
    present = sum(1 for count in counts if count > 0)
    total = sum(counts)
    room = WIDTH - GAP * max(0, present - 1)
    widths = [max(6.0, count / total * room) if count > 0 else 0.0 for count in counts]
    scale = room / sum(widths) if any(widths) else 0.0
    parts: list[tuple[float, float]] = []
    x = 0.0
    for width in widths:
        parts.append((round(x, 1), round(width * scale, 1)))
        x += width * scale + (GAP if width else 0.0)
    return tuple(parts)
