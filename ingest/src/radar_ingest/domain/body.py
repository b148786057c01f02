"""Tells the records of a native request's body apart: one event, a list, or lines (NDJSON)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import msgspec
from msgspec import Raw

from radar_ingest.domain.errors import Malformed, NotAnEvent, TooManyRecords
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.structure import Unbalanced, members

_decode_list: Final = msgspec.json.Decoder(list[Raw]).decode
_decode_one: Final = msgspec.json.Decoder(Raw).decode
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_COMMAS_A_RECORD: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The bytes of each record; ``single`` when the body is one event and not a batch of one."""

    items: list[bytes]
    single: bool = False


def split(body: bytes, *, lines: bool, limits: Limits) -> Records:
    """Return the records in ``body``; ``lines``: the client says that it is NDJSON.

    Raises:
        Malformed: nothing can be told apart.
        NotAnEvent: JSON, but neither an object nor a list.
        TooManyRecords: more than ``limits.records``.
    """
    body = body.strip()
    if lines:
        return Records(items=split_lines(body, limits))
    if body.startswith(b"["):
        return Records(items=split_list(body, limits))
    if body.startswith(b"{"):
        return _object(body, limits)
    if not body:
        raise Malformed("The body is empty; send one event, a JSON array of events, or one event a line.")
    try:
        _decode_one(body)
    except _UNREADABLE:
        raise Malformed("The body isn't JSON; send one event, a JSON array, or one event a line.") from None
    raise NotAnEvent("Send one event as a JSON object, a JSON array of events, or one event a line.")


def split_list(body: bytes, limits: Limits) -> list[bytes]:
    """Return the members of a JSON array. Raises Malformed, TooManyRecords."""
    # Many commas can mean millions of tiny members: then the frugal way, which stops at the limit.
    if body.count(b",") <= _COMMAS_A_RECORD * limits.records:
        try:
            return _bounded((bytes(item) for item in _decode_list(body)), limits)
        except _UNREADABLE:
            pass
    try:
        return _bounded(members(body), limits)
    except Unbalanced:
        raise Malformed("The JSON array doesn't end properly; check brackets and quotes.") from None


def split_lines(body: bytes, limits: Limits) -> list[bytes]:
    """Return the lines that aren't blank. Raises TooManyRecords."""
    if body.count(b"\n") <= 2 * limits.records:
        return _bounded((line for line in map(bytes.strip, body.split(b"\n")) if line), limits)
    return _bounded(_walk_lines(body), limits)


def _walk_lines(body: bytes) -> Iterable[bytes]:
    begin = 0
    while begin < len(body):
        end = body.find(b"\n", begin)
        end = len(body) if end < 0 else end
        if line := body[begin:end].strip():
            yield line
        begin = end + 1


def _object(body: bytes, limits: Limits) -> Records:
    """Return one event, or lines when the first line is an object of its own."""
    first, _, rest = body.partition(b"\n")
    if rest and first.rstrip().endswith(b"}"):
        try:
            _decode_one(body)
        except _UNREADABLE:
            return Records(items=split_lines(body, limits))
    return Records(items=[body], single=True)


def _bounded(items: Iterable[bytes], limits: Limits) -> list[bytes]:
    kept: list[bytes] = []
    for item in items:
        if len(kept) == limits.records:
            raise TooManyRecords(f"A request may hold {limits.records} records; send the rest in another.")
        kept.append(item)
    return kept
