"""The record on ``radar.events.v1``: an accepted event with the moments that ingest added."""

from typing import Final, Literal

import msgspec
from msgspec import Raw, Struct

from radar_vocabulary.contracts.events import EVENT_TYPES, EventData
from radar_vocabulary.contracts.scalars import AccountId, EventId, Key, Moment, UserId


class EventRecord(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One accepted event.

    Attributes:
        occurred_at: when it happened; decides what the event means.
        received_at: when ingest took it.
        known_at: when we can have known it: the arrival, or earlier for history (``Radar-History``).
        data: the client's own JSON object, unknown fields included.
    """

    version: Literal[1]
    id: EventId
    type: str
    account_id: AccountId
    occurred_at: Moment
    received_at: Moment
    known_at: Moment
    data: Raw
    user_id: UserId | None = None
    product: Key = "default"


VERSION: Final = 1
_decoder = msgspec.json.Decoder(EventRecord)
_encoder = msgspec.json.Encoder()
_data_decoders: Final = {name: msgspec.json.Decoder(kind) for name, kind in EVENT_TYPES.items()}


def encode_event(record: EventRecord) -> bytes:
    """Return the JSON bytes that go on the topic."""
    return _encoder.encode(record)


def decode_event(value: bytes) -> EventRecord:
    """Return the record in ``value``; raises msgspec.DecodeError or ValidationError."""
    return _decoder.decode(value)


def decode_data(event_type: str, data: bytes | Raw) -> EventData:
    """Return the typed ``data`` of an event of this type.

    Raises:
        KeyError: no such event type.
        msgspec.DecodeError, msgspec.ValidationError: the data doesn't fit the type.
    """
    return _data_decoders[event_type].decode(data)
