"""Cursors: opaque to the caller, a position in a sorted list to us."""

import base64
import binascii
from typing import Any, Final

import msgspec

from radar_chassis.errors import InvalidRequest

_LARGEST: Final = 2**63


def encode_cursor(position: list[Any]) -> str:
    """Return the cursor for what comes after ``position`` (the sort key of the last row shown)."""
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def decode_cursor(cursor: str, *, length: int) -> list[Any]:
    """Return the position in ``cursor``, which has ``length`` parts; raises InvalidRequest."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        position = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=list[Any])
    except (binascii.Error, ValueError, RecursionError, msgspec.DecodeError):
        position = []
    if len(position) != length or not all(map(_storable, position)):
        raise InvalidRequest("This cursor isn't one of ours; take `next_cursor` from the page before.")
    return position


def _storable(part: object) -> bool:
    """Whether any database can compare with it."""
    if isinstance(part, int):
        return -_LARGEST <= part < _LARGEST and not isinstance(part, bool)
    return part is None or isinstance(part, float) or (isinstance(part, str) and "\0" not in part)
