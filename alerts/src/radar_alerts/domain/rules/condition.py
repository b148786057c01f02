"""Conditions over readings, with three values: true, false, and unknown where a reading is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from radar_alerts.domain.rules.inputs import TermInputs

Operator = Literal["above", "at_least", "below", "at_most", "is"]


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number as it stands."""

    value: float


@dataclass(frozen=True, kw_only=True)
class OfReading:
    """``times`` × a reading + ``plus``, kept within ``at_least`` and ``at_most``; unknown where it is missing."""

    name: str
    times: float = 1.0
    plus: float = 0.0
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, kw_only=True)
class LeastOf:
    """The least of several values."""

    values: tuple["Value", ...]


Value = Number | OfReading | LeastOf


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A reading against a value.

    ``for_days``: on each known day of so many, and those days must be known back to the first. ``if_missing``: what
    it comes to where a reading is missing; None: unknown.
    """

    reading: str
    operator: Operator
    value: Value
    for_days: int | None = None
    if_missing: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """A reading that rose or fell by so much within so many days: against the lowest or highest of the days before."""

    reading: str
    direction: Literal["rose", "fell"]
    by: float
    within_days: int
    if_missing: bool | None = None


@dataclass(frozen=True, kw_only=True)
class AllOf:
    """Each of them."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, kw_only=True)
class AnyOf:
    """One of them at least."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True, kw_only=True)
class Not:
    """The opposite."""

    condition: "Condition"


Condition = Comparison | Change | AllOf | AnyOf | Not
# Sums of binary fractions: 1 - 0.65 is at least 0.35.
_NEAR: Final = 1e-9


def holds(condition: Condition, inputs: TermInputs) -> bool | None:
    """Return whether the condition holds; None where a missing reading decides (Kleene's logic)."""
    match condition:
        case Comparison():
            found = _lasted(condition, inputs) if condition.for_days else _compared(condition, inputs.values)
            return condition.if_missing if found is None else found
        case Change():
            changed = _changed(condition, inputs)
            return condition.if_missing if changed is None else changed
        case AllOf():
            each = [holds(one, inputs) for one in condition.conditions]
            return False if False in each else None if None in each else True
        case AnyOf():
            each = [holds(one, inputs) for one in condition.conditions]
            return True if True in each else None if None in each else False
        case Not():
            inner = holds(condition.condition, inputs)
            return None if inner is None else not inner


def readings(condition: Condition) -> frozenset[str]:
    """Return the names of all readings that the condition looks at."""
    match condition:
        case Comparison():
            return frozenset({condition.reading}) | _of_value(condition.value)
        case Change():
            return frozenset({condition.reading})
        case AllOf() | AnyOf():
            return frozenset().union(*(readings(one) for one in condition.conditions))
        case Not():
            return readings(condition.condition)


def compared(condition: Condition) -> frozenset[str]:
    """Return the names of the readings that the condition compares over time."""
    match condition:
        case Comparison():
            return readings(condition) if condition.for_days else frozenset()
        case Change():
            return frozenset({condition.reading})
        case AllOf() | AnyOf():
            return frozenset().union(*(compared(one) for one in condition.conditions))
        case Not():
            return compared(condition.condition)


def number_of(value: Value, values: Mapping[str, float]) -> float | None:
    """Return what the value comes to; None where a reading is missing."""
    match value:
        case Number():
            return value.value
        case LeastOf():
            known = [number_of(one, values) for one in value.values]
            return None if None in known else min(one for one in known if one is not None)
        case OfReading():
            read = values.get(value.name)
            if read is None:
                return None
            found = read * value.times + value.plus
            found = found if value.at_least is None else max(found, value.at_least)
            return found if value.at_most is None else min(found, value.at_most)


def _compared(one: Comparison, values: Mapping[str, float]) -> bool | None:
    read, other = values.get(one.reading), number_of(one.value, values)
    if read is None or other is None:
        return None
    match one.operator:
        case "above":
            return read > other + _NEAR
        case "at_least":
            return read >= other - _NEAR
        case "below":
            return read < other - _NEAR
        case "at_most":
            return read <= other + _NEAR
        case "is":
            return abs(read - other) <= _NEAR


def _lasted(one: Comparison, inputs: TermInputs) -> bool | None:
    """Compare on each of the days with that day's values; unknown until the first of them is reached."""
    today = inputs.at.date()
    first = today - timedelta(days=one.for_days or 0)
    before = [day for day in inputs.history if first <= day.day < today]
    each = [_compared(one, inputs.values), *(_compared(one, day.values) for day in before)]
    if False in each:
        return False
    reached = any(day.day <= first and _compared(one, day.values) is not None for day in inputs.history)
    return True if each[0] and reached else None


def _changed(one: Change, inputs: TermInputs) -> bool | None:
    """Compare with the most extreme of the days before, within the span."""
    now = inputs.values.get(one.reading)
    first = inputs.at.date() - timedelta(days=one.within_days)
    before = [
        day.values[one.reading]
        for day in inputs.history
        if first <= day.day < inputs.at.date() and one.reading in day.values
    ]
    if now is None or not before:
        return None
    gained = now - min(before) if one.direction == "rose" else max(before) - now
    return gained >= one.by - _NEAR


def _of_value(value: Value) -> frozenset[str]:
    match value:
        case OfReading():
            return frozenset({value.name})
        case LeastOf():
            return frozenset().union(*(_of_value(one) for one in value.values))
    return frozenset()
