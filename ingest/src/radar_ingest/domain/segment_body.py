"""Tells the messages of a Segment-compatible request apart: ``{"batch": […], "sentAt": …, "writeKey": …}``."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from msgspec import Raw, Struct

from radar_ingest.domain.body import split_list
from radar_ingest.domain.errors import Malformed
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.structure import Unbalanced, fields


class _Frame(Struct, frozen=True, gc=False):
    """The body, with its parts still as bytes."""

    batch: Raw = Raw(b"")
    sentAt: Raw = Raw(b"")  # noqa: N815 - Segment's own name
    writeKey: Raw = Raw(b"")  # noqa: N815
    type: Raw = Raw(b"")


_decode_frame: Final = msgspec.json.Decoder(_Frame).decode
_decode_moment: Final = msgspec.json.Decoder(datetime).decode
_decode_text: Final = msgspec.json.Decoder(str).decode
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_NAMES: Final = (b"batch", b"sentAt", b"writeKey", b"type")


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentBody:
    """The bytes of each message, when the client sent them by its own clock, and the key in the body.

    ``kind``: the type of the message where the body says so beside the batch (a dead letter's does).
    """

    messages: list[bytes]
    sent_at: datetime | None
    sent_at_text: bytes
    write_key: str | None
    kind: str | None


def parse_body(body: bytes, *, single: bool, limits: Limits) -> SegmentBody:
    """Return the messages in ``body``; ``single``: the body itself is the one message.

    Raises:
        Malformed: nothing can be told apart, or there is no ``batch``.
        TooManyRecords: more than ``limits.records``.
    """
    body = body.strip()
    if not body.startswith(b"{"):
        raise Malformed('Send a JSON object, as in {"batch": [...], "sentAt": "..."}.')
    parts = _parts(body)
    if single:
        messages = [body]
    elif parts["batch"].startswith(b"["):
        messages = split_list(parts["batch"], limits)
    else:
        raise Malformed("The body has no `batch`; send a JSON array of messages in it.")
    return SegmentBody(
        messages=messages,
        sent_at=_moment(parts["sentAt"]),
        sent_at_text=parts["sentAt"],
        write_key=_text(parts["writeKey"]),
        kind=_text(parts["type"]),
    )


def _parts(body: bytes) -> dict[str, bytes]:
    # A name that stands more than once may be a second one of the body's own: the slow way finds out.
    if all(body.count(b'"%b"' % name) <= 1 for name in _NAMES[:3]):
        try:
            frame = _decode_frame(body)
        except _UNREADABLE:
            pass
        else:
            return {name: bytes(getattr(frame, name)) for name in _Frame.__struct_fields__}
    found = dict.fromkeys(_NAMES, b"")
    try:
        for name, value in fields(body):
            if found.get(name):
                raise Malformed(f"The body names `{name.decode()}` twice; send it once.")
            if name in found:
                found[name] = value
    except Unbalanced:
        raise Malformed("The body isn't valid JSON; check brackets and quotes.") from None
    return {name.decode(): value for name, value in found.items()}


def _moment(value: bytes) -> datetime | None:
    try:
        return _decode_moment(value)
    except _UNREADABLE:
        return None


def _text(value: bytes) -> str | None:
    try:
        return _decode_text(value)
    except _UNREADABLE:
        return None
