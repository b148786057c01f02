"""An event as the fold needs it: decoded once, checked, and with the identity that makes it count once."""

import hashlib
from typing import Final

import msgspec
from msgspec import Struct

from radar_chassis.bus.port import Incoming
from radar_chassis.contracts.event_record import EventRecord, decode_data, decode_event
from radar_chassis.contracts.events import EVENT_TYPES, EventData
from radar_chassis.worker.handler import Poison


class Event(Struct, frozen=True):
    """An event and its typed data. ``identity`` is 16 bytes made of account and event id."""

    record: EventRecord
    data: EventData
    identity: bytes


NEEDS_USER: Final = "user_updated"


def read_event(incoming: Incoming) -> Event:
    """Return the event in a record of the log; raises Poison with the reason why it can't be used."""
    try:
        record = decode_event(incoming.value or b"")
    except msgspec.MsgspecError as error:
        raise Poison("invalid_record", f"Not an event record of version 1: {error}.") from error
    if record.type not in EVENT_TYPES:
        raise Poison("unknown_type", "No such event type; docs list the ones there are.")
    try:
        data = decode_data(record.type, record.data)
    except msgspec.MsgspecError as error:
        raise Poison("invalid_data", f"The data doesn't fit its type: {error}.") from error
    if record.type == NEEDS_USER and record.user_id is None:
        raise Poison("missing_user", "user_updated needs the field user_id: whom is it about?")
    return Event(record, data, _identity(record.account_id, record.id))


def _identity(account_id: str, event_id: str) -> bytes:
    return hashlib.blake2b(f"{account_id}\0{event_id}".encode(), digest_size=16).digest()
