"""Bars to the left and right of a middle: what takes from the score, what adds to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 200
MIDDLE: Final = WIDTH / 2


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar from the middle: where it begins and how long it is."""

    x: float
    width: float


def diverging_bars(points: Sequence[float]) -> tuple[Bar, ...]:
    """Return a bar for each value; the longest takes the half it lies in."""
    longest = max((abs(value) for value in points), default=0.0)
    return tuple(_bar(value, longest) for value in points)


def _bar(value: float, longest: float) -> Bar:
    width = round(abs(value) / longest * (MIDDLE - 2), 1) if longest else 0.0
    return Bar(x=MIDDLE if value >= 0 else round(MIDDLE - width, 1), width=width)
