"""Reads one record's JSON and refuses what two readers could understand differently.

Duplicate keys, NaN and Infinity, numbers that don't fit, NUL characters, deep nesting. The usual record passes two
C calls and four byte counts: a decoder that keeps the last of two equal keys loses that key's colon, so equal
numbers of colons before and after prove that no key came twice (unless a colon is written as an escape, which the
slow path settles).
"""

import json
import re
from typing import Any, Final, NoReturn

import msgspec

from radar_ingest.domain.rejection import Refused

_decode: Final = msgspec.json.Decoder().decode
_encode: Final = msgspec.json.Encoder().encode
_DISGUISE: Final = re.compile(rb"\\u00(?:3[aA]|00)")
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def strict_object(raw: bytes, *, max_bytes: int, max_depth: int) -> dict[str, Any]:
    """Return the JSON object in ``raw``.

    Raises:
        Refused: with the code and what to do about it.
    """
    if len(raw) > max_bytes:
        raise Refused("record_too_large", f"An event may hold {max_bytes} bytes; send less in data.")
    try:
        value = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _explain(raw, error, max_depth)
    if type(value) is not dict:
        raise Refused("not_an_object", 'An event is a JSON object, as in {"type": …, "account_id": …}.')
    if raw.count(b"{") + raw.count(b"[") > max_depth and _depth(value, max_depth) > max_depth:
        raise _too_deep(max_depth)
    if _encode(value).count(b":") != raw.count(b":") or (b"\\" in raw and _DISGUISE.search(raw)):
        _inspect(raw)
    return value


def _depth(value: object, enough: int) -> int:
    """Return how deep ``value`` nests, or ``enough`` + 1 as soon as it is more than that."""
    layer, depth = [value], 0
    while layer := [item for item in layer if isinstance(item, dict | list)]:
        depth += 1
        if depth > enough:
            break
        layer = [child for item in layer for child in (item.values() if isinstance(item, dict) else item)]
    return depth


def _inspect(raw: bytes) -> None:
    """Look at every pair of a valid document, the slow way, and for real NUL escapes."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        unique = dict(found)
        if len(unique) != len(found):
            raise Refused("duplicate_key", "An object has the same key twice; send each key once.")
        return unique

    json.loads(raw, object_pairs_hook=pairs)
    if _NUL.search(raw):
        raise Refused("nul_character", "Text must not contain the NUL character (\\u0000); leave it out.")


def _explain(raw: bytes, error: Exception, max_depth: int) -> NoReturn:
    """Raise Refused with the nearest reason why ``raw`` isn't JSON that we take."""
    if isinstance(error, RecursionError):
        raise _too_deep(max_depth) from None
    if isinstance(error, msgspec.ValidationError):
        raise Refused(
            "number_out_of_range", "A number is too large to be kept exactly; send a smaller one, or text."
        ) from None

    def constant(_: str) -> NoReturn:
        raise Refused(
            "not_finite", "NaN and Infinity are not JSON numbers; leave the field out or send null."
        )

    try:
        json.loads(raw, parse_constant=constant)
    except RecursionError:
        raise _too_deep(max_depth) from None
    except ValueError:
        pass
    raise Refused(
        "malformed_json", "This isn't valid JSON in UTF-8; check quotes, commas and escapes."
    ) from None


def _too_deep(max_depth: int) -> Refused:
    return Refused("too_deep", f"Objects and lists may nest {max_depth} deep at most; flatten the data.")
