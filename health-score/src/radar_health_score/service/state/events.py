"""An event as the fold needs it: decoded once, checked, and with the identity that makes it count once."""

import hashlib
import sys
from typing import Final

import msgspec
from msgspec import Struct

from radar_chassis.bus.port import Incoming
from radar_chassis.worker.handler import Poison
from radar_health_score.domain.account.facts import LOGIN, SESSION
from radar_vocabulary.contracts.event_record import EventRecord, decode_data, decode_event
from radar_vocabulary.contracts.events import EVENT_TYPES, EventData, FeatureUsed, Login, SessionEnded


class Event(Struct, frozen=True, gc=False):
    """An event and its typed data.

    Attributes:
        identity: 16 bytes made of account and event id.
        use: what was used, how often, for how many milliseconds; None for an attribute event.
    """

    record: EventRecord
    data: EventData
    identity: bytes
    use: tuple[str, int, int] | None


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
    return Event(record, data, _identity(record.account_id, record.id), _use(data))


def _use(data: EventData) -> tuple[str, int, int] | None:
    if type(data) is FeatureUsed:
        return sys.intern(data.feature), data.count, round(data.seconds * 1000)
    if type(data) is Login:
        return LOGIN, 1, 0
    if type(data) is SessionEnded:
        return SESSION, 1, round(data.seconds * 1000)
    return None


def _identity(account_id: str, event_id: str) -> bytes:
    return hashlib.blake2b(f"{account_id}\0{event_id}".encode(), digest_size=16).digest()
