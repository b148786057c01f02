"""Reads one event of the native format from its bytes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from msgspec import Raw, Struct

from radar_ingest.domain.event_data import checked_data
from radar_ingest.domain.explain import explain
from radar_ingest.domain.ids import new_event_id
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.rejection import Refused, Rejection
from radar_ingest.domain.strict_json import strict_object
from radar_ingest.domain.times import settle
from radar_vocabulary.contracts.event_record import VERSION, EventRecord, encode_event
from radar_vocabulary.contracts.events import EVENT_TYPES
from radar_vocabulary.contracts.scalars import AccountId, EventId, Key, UserId

NO_ID: Final = "id was missing and one was made; without an id of yours a retry counts twice."
UNKNOWN_FIELDS: Final = "Fields beside data that the format doesn't know were dropped; put them into data."


class Envelope(Struct, frozen=True, kw_only=True, gc=False):
    """A native event as sent."""

    type: str
    account_id: AccountId
    data: Raw = Raw(b"{}")
    id: EventId | None = None
    user_id: UserId | None = None
    product: Key | None = None
    occurred_at: datetime | None = None
    known_at: datetime | None = None


_FIELDS: Final = frozenset(Envelope.__struct_fields__)
_decode: Final = msgspec.json.Decoder(Envelope).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """When and how a request came in. ``fallback_id`` names a record without an id (a replayed one)."""

    received_at: datetime
    history: bool = False
    fallback_id: str | None = None
    fallback_time: datetime | None = None


class Parsed(Struct, frozen=True, gc=False):
    """An event good for the log: its identity, its key, its bytes, and what had to be assumed."""

    account_id: str
    event_id: str
    value: bytes
    warnings: tuple[str, ...]


def parse_event(raw: bytes, arrival: Arrival, limits: Limits) -> Parsed | Rejection:
    """Return the event in ``raw`` ready for the log, or why it can't be taken. Never raises."""
    envelope: Envelope | None = None
    fields: dict[str, object] = {}
    try:
        fields = strict_object(raw, max_bytes=limits.record, max_depth=limits.depth)
        envelope = _decode(raw)
        return _accept(envelope, fields, arrival, limits)
    except Refused as refused:
        code, reason = refused.code, refused.reason
    except msgspec.DecodeError as error:
        code = "invalid_event"
        reason = explain(error, within="data", event_type=envelope.type) if envelope else explain(error)
    return Rejection(
        code=code,
        reason=reason,
        account_id=_short(fields.get("account_id"), 200),
        event_id=_short(fields.get("id"), 128),
    )


def _accept(event: Envelope, fields: dict[str, object], arrival: Arrival, limits: Limits) -> Parsed:
    if event.type not in EVENT_TYPES:
        raise Refused("unknown_type", f"type must be one of {', '.join(EVENT_TYPES)}.")
    data = checked_data(event.type, fields.get("data"), event.data)
    if event.type == "user_updated" and event.user_id is None:
        raise Refused("user_required", "user_updated needs a user_id that says whom it is about.")
    warnings: list[str] = []
    event_id = event.id or arrival.fallback_id
    if event_id is None:
        event_id = new_event_id(arrival.received_at)
        warnings.append(NO_ID)
    if not _FIELDS.issuperset(fields):
        warnings.append(UNKNOWN_FIELDS)
    occurred_at, known_at = settle(
        occurred_at=event.occurred_at or arrival.fallback_time,
        known_at=event.known_at,
        received_at=arrival.received_at,
        history=arrival.history,
        limits=limits,
        warnings=warnings,
    )
    record = EventRecord(
        version=VERSION,
        id=event_id,
        type=event.type,
        account_id=event.account_id,
        occurred_at=occurred_at,
        received_at=arrival.received_at,
        known_at=known_at,
        data=data,
        user_id=event.user_id,
        product=event.product or "default",
    )
    return Parsed(event.account_id, event_id, encode_event(record), tuple(warnings))


def _short(value: object, length: int) -> str | None:
    """Return ``value`` if it is text that can name something."""
    return value if isinstance(value, str) and 0 < len(value) <= length else None
