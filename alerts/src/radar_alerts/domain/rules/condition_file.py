"""Reading conditions and the values that they compare with; docs/rules.md has the grammar."""

from collections.abc import Collection, Mapping
from typing import Any, Final, get_args

from radar_alerts.domain.rules.condition import (
    AllOf,
    AnyOf,
    Change,
    Comparison,
    Condition,
    LeastOf,
    Not,
    Number,
    OfReading,
    Operator,
    Value,
)
from radar_alerts.domain.rules.field_reader import FieldReader, nearest

LONGEST_DAYS: Final = 28
OPERATORS: Final[tuple[str, ...]] = get_args(Operator)
CHANGES: Final = ("fell_by", "rose_by")
LEAF_FIELDS: Final = ("reading", *OPERATORS, "for_days", *CHANGES, "within_days", "if_missing")
VALUE_FIELDS: Final = ("of", "times", "plus", "at_least", "at_most")
DEEPEST: Final = 20
NOTHING: Final = Comparison(reading="", operator="is", value=Number(value=0.0))
_HOW: Final = "reading with a comparison, all, any or not"


class ConditionReader:
    """Reads conditions whose readings are among the ``known``; empty: any name."""

    def __init__(self, fields: FieldReader, known: Collection[str]) -> None:
        self._fields = fields
        self._known = frozenset(known)

    def condition(self, data: object, place: str, depth: int = 0) -> Condition:
        """Return the condition in ``data``."""
        if not isinstance(data, Mapping) or not data:
            self._fields.wrong(place, f"must be a condition: {_HOW}")
            return NOTHING
        if depth >= DEEPEST:
            self._fields.wrong(place, f"is nested more than {DEEPEST} deep; write it flatter")
            return NOTHING
        for name in ("all", "any", "not"):
            if name in data:
                self._fields.unknown(data, (name,), f"{place}.")
                return self._joined(name, data[name], f"{place}.{name}", depth + 1)
        return self._leaf(data, place)

    def _joined(self, name: str, data: object, place: str, depth: int) -> Condition:
        if name == "not":
            return Not(condition=self.condition(data, place, depth))
        if not isinstance(data, list) or not data:
            self._fields.wrong(place, "must be a list of at least one condition")
            return NOTHING
        parts = tuple(self.condition(one, f"{place}[{at}]", depth) for at, one in enumerate(data, start=1))
        return AllOf(conditions=parts) if name == "all" else AnyOf(conditions=parts)

    def _leaf(self, data: Mapping[Any, Any], place: str) -> Condition:
        self._fields.unknown(data, LEAF_FIELDS, f"{place}.")
        reading = self._reading(data.get("reading"), f"{place}.reading")
        given = [name for name in (*OPERATORS, *CHANGES) if name in data]
        if len(given) != 1:
            self._fields.wrong(place, f"must have exactly one of {', '.join((*OPERATORS, *CHANGES))}")
            return NOTHING
        missing = None
        if "if_missing" in data:
            missing = self._fields.flag(data["if_missing"], f"{place}.if_missing")
        if given[0] in CHANGES:
            return self._change(data, place, reading, given[0], missing=missing)
        return self._comparison(data, place, reading, given[0], missing=missing)

    def _change(
        self, data: Mapping[Any, Any], place: str, reading: str, how: str, *, missing: bool | None
    ) -> Change:
        self._out_of_place(data, "for_days", "within_days", place)
        return Change(
            reading=reading,
            direction="fell" if how == "fell_by" else "rose",
            by=self._above_nothing(data[how], f"{place}.{how}"),
            within_days=self._days(data.get("within_days"), f"{place}.within_days"),
            if_missing=missing,
        )

    def _comparison(
        self, data: Mapping[Any, Any], place: str, reading: str, operator: Any, *, missing: bool | None
    ) -> Comparison:
        self._out_of_place(data, "within_days", "for_days", place)
        for_days = self._days(data["for_days"], f"{place}.for_days") if "for_days" in data else None
        return Comparison(
            reading=reading,
            operator=operator,
            value=self._value(data[operator], f"{place}.{operator}"),
            for_days=for_days,
            if_missing=missing,
        )

    def _value(self, data: object, place: str) -> Value:
        if isinstance(data, str):
            return OfReading(name=self._reading(data, place))
        if isinstance(data, Mapping):
            return self._least_of(data, place) if "least_of" in data else self._of_reading(data, place)
        if isinstance(data, bool) or not isinstance(data, int | float) or not abs(data) <= 1e12:
            self._fields.wrong(
                place, "must be a number, the name of a reading, of with a reading, or least_of"
            )
            return Number(value=0.0)
        return Number(value=float(data))

    def _least_of(self, data: Mapping[Any, Any], place: str) -> Value:
        self._fields.unknown(data, ("least_of",), f"{place}.")
        several = data["least_of"]
        if not isinstance(several, list) or not several:
            self._fields.wrong(f"{place}.least_of", "must be a list of at least one value")
            return Number(value=0.0)
        if any(isinstance(one, Mapping) and "least_of" in one for one in several):
            self._fields.wrong(f"{place}.least_of", "must not hold another least_of; list all values in one")
            return Number(value=0.0)
        return LeastOf(
            values=tuple(
                self._value(one, f"{place}.least_of[{at}]") for at, one in enumerate(several, start=1)
            )
        )

    def _of_reading(self, data: Mapping[Any, Any], place: str) -> OfReading:
        self._fields.unknown(data, VALUE_FIELDS, f"{place}.")
        numbers = {
            name: self._fields.number(data[name], f"{place}.{name}", -1e12, 1e12)
            for name in VALUE_FIELDS[1:]
            if name in data
        }
        if numbers.get("at_least", -1e13) > numbers.get("at_most", 1e13):
            self._fields.wrong(f"{place}.at_least", "must not be above at_most")
        return OfReading(name=self._reading(data.get("of"), f"{place}.of"), **numbers)

    def _reading(self, data: object, place: str) -> str:
        if not isinstance(data, str) or not data:
            self._fields.wrong(place, "must name a reading")
            return ""
        if self._known and data not in self._known:
            hint = nearest(data, self._known) or "; docs/rules.md lists them"
            self._fields.wrong(place, f"names {data!r}, which is no reading{hint}")
        return data

    def _days(self, data: object, place: str) -> int:
        return self._fields.number(data, place, 1, LONGEST_DAYS, whole=True)

    def _above_nothing(self, data: object, place: str) -> float:
        by = self._fields.number(data, place, 0, 1e12)
        if data == 0:
            self._fields.wrong(place, "must be above 0")
        return by

    def _out_of_place(self, data: Mapping[Any, Any], name: str, instead: str, place: str) -> None:
        if name in data:
            self._fields.wrong(f"{place}.{name}", f"doesn't go with this comparison; it takes {instead}")
