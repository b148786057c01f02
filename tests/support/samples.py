"""Whole values of an answer's declared type, where a test cares about a few of its fields."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

_EMPTY = {
    inspect.DateType: date(2026, 11, 21),
    inspect.DateTimeType: datetime(2026, 11, 21, 12, tzinfo=UTC),
    inspect.ListType: (),
    inspect.VarTupleType: (),
    inspect.DictType: {},
    inspect.BoolType: False,
    inspect.IntType: 0,
    inspect.FloatType: 0.0,
}


def sample(kind: Any, **known: Any) -> Any:
    """Return a ``kind`` with these fields; any other required one is None, empty, 0, or its first choice.

    Fields may be given as on the wire, in dicts and lists. Raises TypeError for a field that isn't declared, at any
    depth, and ValidationError for a value that isn't of its type.
    """
    plain = msgspec.to_builtins(known, builtin_types=(date, datetime))
    return msgspec.convert(_whole(_type(kind), plain), kind)


@cache
def _type(kind: Any) -> inspect.Type:
    return inspect.type_info(kind)


def _whole(kind: inspect.Type, value: Any) -> Any:
    match kind:
        case inspect.StructType() | inspect.DataclassType() if isinstance(value, dict):
            fields = {one.encode_name: one for one in kind.fields}
            if strange := value.keys() - fields.keys():
                raise TypeError(f"{kind.cls.__name__} declares no {', '.join(sorted(strange))}.")
            return {
                name: _whole(one.type, value[name]) if name in value else _empty(one.type)
                for name, one in fields.items()
                if one.required or name in value
            }
        case inspect.ListType() | inspect.VarTupleType():
            return [_whole(kind.item_type, one) for one in value]
        case inspect.UnionType() if value is not None:
            return _whole(next(one for one in kind.types if not isinstance(one, inspect.NoneType)), value)
    return value


def _empty(kind: inspect.Type) -> Any:
    match kind:
        case inspect.UnionType(includes_none=True):
            return None
        case inspect.StructType() | inspect.DataclassType():
            return _whole(kind, {})
        case inspect.LiteralType():
            return kind.values[0]
        case inspect.StrType():
            return "some" if kind.min_length else ""
    return _EMPTY[type(kind)]
