"""Turns a row of a table (CSV, Parquet) into a native event."""

import hashlib
import math
from collections.abc import Iterable
from collections.abc import Mapping as MappingLike
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from radar.importer.mapping import Table
from radar_vocabulary.contracts.events import EVENT_TYPES

ENVELOPE: Final = frozenset({"id", "type", "account_id", "user_id", "product", "occurred_at", "known_at"})
MOMENTS: Final = ("occurred_at", "known_at")

Made = tuple[str, bytes]

_encode: Final = msgspec.json.Encoder(order="deterministic").encode


class Rows:
    """Makes events of rows, by a mapping or by our own names.

    Without a mapping, columns named like the fields of an event are those; every other column belongs into ``data``
    (``owner.email`` makes an object); a column ``data`` may hold JSON. Empty cells are left out. ``left_out`` counts
    the rows that the mapping has no event type for.
    """

    def __init__(self, mapping: Table | None) -> None:
        self._mapping = mapping
        self.left_out = 0
        self._zone = ZoneInfo(mapping.time_zone if mapping else "UTC")

    def event(self, row: MappingLike[str, Any], number: int) -> Made | None:
        """Return (account id, JSON) of the row, or None where the mapping leaves it out.

        A row without an id gets one made from its content and its number, so that loading it again counts once.
        """
        event = self.fields(row)
        if event is None:
            self.left_out += 1
            return None
        event["data"] = _typed(str(event.get("type")), event["data"])
        for name in MOMENTS:
            if name in event:
                event[name] = self._moment(event[name])
        return encoded(event, number)

    def rest(self) -> Iterable[Made]:
        """Return what only the whole table tells: nothing, where each row is an event of its own."""
        return ()

    def fields(self, row: MappingLike[str, Any]) -> dict[str, Any] | None:
        """Return the event of a row as fields, values as the file has them; None where it has no event type."""
        fields = self._fields({name: value for name, value in row.items() if not _empty(value)})
        if fields is None:
            return None
        data = fields.pop("data", {})
        for name in ENVELOPE - set(MOMENTS):
            if name in fields:
                fields[name] = _text(fields[name])
        return {**fields, "data": data}

    def _fields(self, row: dict[str, Any]) -> dict[str, Any] | None:
        fields: dict[str, Any] = {}
        if self._mapping is None:
            for name, value in row.items():
                _place(fields, name if name in ENVELOPE else f"data.{name.removeprefix('data.')}", value)
            return _unfolded(fields)
        for name, value in self._mapping.constants.items():
            _place(fields, name, value)
        for name, column in self._mapping.columns.items():
            if column in row:
                value = row[column]
                prefix = self._mapping.prefix.get(name)
                _place(fields, name, f"{prefix}{_text(value)}" if prefix else value)
        rule = self._mapping.type
        if rule is not None:
            kind = rule.values.get(str(row.get(rule.column)), rule.default)
            if kind is None:
                return None
            fields["type"] = kind
        return fields

    def _moment(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                return value
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=self._zone)).isoformat()
        return value


def encoded(event: dict[str, Any], number: object) -> Made:
    """Return (account id, JSON) of an event; without an id it gets one made from its content and ``number``."""
    if "id" not in event:
        event["id"] = hashlib.sha256(_encode([number, event])).hexdigest()[:32]
    return str(event.get("account_id", "")), _encode(event)


def _place(fields: dict[str, Any], name: str, value: Any) -> None:
    *path, last = name.split(".")
    for part in path:
        inner = fields.setdefault(part, {})
        fields = inner if isinstance(inner, dict) else {}
    fields[last] = value


def _unfolded(fields: dict[str, Any]) -> dict[str, Any]:
    """A column ``data`` with a JSON object in it stands for its fields."""
    data = fields.get("data", {})
    folded = data.pop("data", None)
    if isinstance(folded, str):
        try:
            folded = msgspec.json.decode(folded)
        except msgspec.DecodeError:
            data["data"] = folded
    if isinstance(folded, dict):
        fields["data"] = {**folded, **data}
    return fields


def _typed(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """Read text as the numbers and booleans that the event type asks for; what doesn't fit stays as it is."""
    if kind not in EVENT_TYPES:
        return data
    try:
        known = msgspec.to_builtins(msgspec.convert(data, EVENT_TYPES[kind], strict=False))
    except msgspec.ValidationError:
        return data  # the product says what is wrong with it
    return _overlaid(data, known)


def _overlaid(data: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Take the typed value of what is there, and add nothing that wasn't."""
    return {
        name: _overlaid(value, known[name])
        if isinstance(value, dict) and isinstance(known.get(name), dict)
        else known.get(name, value)
        for name, value in data.items()
    }


def _empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)
