"""Whole columns as PostgreSQL arrays in its binary format, packed at once: several times quicker than by element.

The format is that of array_recv: dimensions, has-null flag, element type, length, lower bound; then each element
as its length and bytes (-1: null), all big-endian.
"""

from collections.abc import Callable, Sequence
from struct import pack
from typing import Any, Final

from psycopg import pq
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from sqlalchemy import Engine, event

_OIDS: Final = {"bytea": 17, "int8": 20, "int4": 23, "text": 25, "float8": 701}
_FIXED: Final = {"int8": (8, "q"), "int4": (4, "i"), "float8": (8, "d")}
_NULL: Final = pack(">i", -1)


class PackedArray:
    """An array ready to be sent."""

    __slots__ = ("content",)

    def __init__(self, content: bytes) -> None:
        self.content = content


class _PackedDumper(Dumper):
    format = pq.Format.BINARY

    def dump(self, obj: PackedArray) -> Buffer | None:
        return obj.content


def teach(engine: Engine) -> None:
    """Let the connections that ``engine`` makes from now on take packed arrays."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.adapters.register_dumper(PackedArray, _PackedDumper)


def packed(kind: str, values: Sequence[Any]) -> PackedArray:
    """Return ``values`` (None: null) as an array of a type in _OIDS."""
    head = pack(">iiIii", 1, 1, _OIDS[kind], len(values), 1)
    fixed = _FIXED.get(kind)
    if fixed is None:
        return PackedArray(head + _variable(values, _to_bytes[kind]))
    size, code = fixed
    if None in values:
        element = f">i{code}"
        parts = (_NULL if value is None else pack(element, size, value) for value in values)
        return PackedArray(head + b"".join(parts))
    flat: list[Any] = [size] * (2 * len(values))
    flat[1::2] = values
    return PackedArray(head + pack(">" + f"i{code}" * len(values), *flat))


def _variable(values: Sequence[Any], to_bytes: Callable[[Any], bytes]) -> bytes:
    parts: list[bytes] = []
    for value in values:
        if value is None:
            parts.append(_NULL)
        else:
            content = to_bytes(value)
            parts += (len(content).to_bytes(4, "big"), content)
    return b"".join(parts)


def _identity(value: bytes) -> bytes:
    return value


_to_bytes: Final[dict[str, Callable[[Any], bytes]]] = {"bytea": _identity, "text": str.encode}
