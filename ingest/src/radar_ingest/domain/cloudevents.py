"""CloudEvents 1.0 in our own words.

``type`` is one of ours (a reverse-DNS prefix is fine), the account is the extension ``accountid`` or else
``subject``, the user ``userid``. Identity is ``source`` and ``id`` together.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal
from urllib.parse import unquote

import msgspec
from msgspec import Meta, Raw, Struct

from radar_ingest.domain.errors import Malformed
from radar_ingest.domain.explain import explain
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.native import Arrival, Parsed, parse_event
from radar_ingest.domain.rejection import Refused, Rejection
from radar_ingest.domain.strict_json import strict_object

Filled = Annotated[str, Meta(min_length=1, max_length=2_000)]
Name = str | int | None


class CloudEvent(Struct, frozen=True, kw_only=True):
    """The attributes that mean something here, and the data."""

    specversion: Literal["1.0"]
    id: Filled
    source: Filled
    type: Filled
    subject: str | None = None
    time: datetime | None = None
    accountid: Name = None
    userid: Name = None
    product: str | None = None
    knownat: datetime | None = None
    data: Raw = Raw(b"{}")
    data_base64: str | None = None


class _Native(Struct, kw_only=True, omit_defaults=True):
    id: str
    type: str
    account_id: str | None
    user_id: str | None
    product: str | None
    occurred_at: datetime | None
    known_at: datetime | None
    data: Raw


_decode: Final = msgspec.json.Decoder(CloudEvent).decode
_encode: Final = msgspec.json.Encoder().encode
_PREFIX: Final = "ce-"


def parse_cloud_event(raw: bytes, arrival: Arrival, limits: Limits) -> Parsed | Rejection:
    """Return the event in structured ``raw`` ready for the log, or why it can't be taken. Never raises."""
    try:
        strict_object(raw, max_bytes=limits.record, max_depth=limits.depth)
        event = _decode(raw)
        native = _native(event)
    except Refused as refused:
        return Rejection(code=refused.code, reason=refused.reason)
    except msgspec.DecodeError as error:
        return Rejection(code="invalid_event", reason=explain(error))
    return parse_event(native, arrival, limits)


def is_cloud_event(raw: bytes) -> bool:
    """Whether a parked original is a CloudEvent and not a native one."""
    try:
        _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def structured(headers: Mapping[str, str], body: bytes) -> bytes:
    """Return the structured form of an event in binary form: attributes in ``ce-*`` headers, ``body`` its data.

    Raises:
        Malformed: a header that isn't percent-encoded UTF-8.
    """
    attributes: dict[str, object] = {}
    for name, value in headers.items():
        if name.lower().startswith(_PREFIX):
            try:
                attributes[name[len(_PREFIX) :].lower()] = unquote(value, errors="strict")
            except UnicodeDecodeError:
                raise Malformed("A ce- header isn't percent-encoded UTF-8; encode it once.") from None
    attributes.pop("data", None)
    attributes.pop("data_base64", None)
    frame = _encode(attributes)
    return b'%b,"data":%b}' % (frame[:-1], body.strip()) if body.strip() else frame


def _native(event: CloudEvent) -> bytes:
    identity = hashlib.sha256(f"{len(event.source)} {event.source} {event.id}".encode()).hexdigest()
    return _encode(
        _Native(
            id=f"ce-{identity[:40]}",
            type=event.type.rpartition(".")[2],
            account_id=_text(event.accountid) or event.subject,
            user_id=_text(event.userid),
            product=event.product,
            occurred_at=event.time,
            known_at=event.knownat,
            data=_data(event),
        )
    )


def _text(value: Name) -> str | None:
    return None if value is None else str(value)


def _data(event: CloudEvent) -> Raw:
    if event.data_base64 is None:
        return event.data
    try:
        decoded = base64.b64decode(event.data_base64, validate=True)
        return msgspec.json.decode(decoded, type=Raw)
    except (binascii.Error, ValueError, RecursionError):
        raise Refused("invalid_event", "data_base64 must hold a JSON object in base64.") from None
