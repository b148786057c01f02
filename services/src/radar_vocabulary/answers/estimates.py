"""Measured values with the interval that they lie in."""

from typing import Final

from msgspec import Struct


class Estimate(Struct, frozen=True, kw_only=True):
    """A value with its 95% interval; None where there is no answer, or too few draws have one."""

    value: float | None
    low: float | None
    high: float | None


NO_ESTIMATE: Final = Estimate(value=None, low=None, high=None)
