"""Makes the event for the log out of a Segment message and the account it belongs to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec
from msgspec import Raw

from radar_ingest.domain.event_data import checked_data
from radar_ingest.domain.ids import new_event_id
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.native import NO_ID, Parsed
from radar_ingest.domain.rejection import Refused, Rejection
from radar_ingest.domain.segment_mapping import meaning
from radar_ingest.domain.segment_message import Message
from radar_ingest.domain.times import settle
from radar_vocabulary.contracts.event_record import VERSION, EventRecord, encode_event

NO_ACCOUNT: Final = (
    "The account of this user isn't known: send a group call for the user first, or context.groupId with each "
    "message; then replay this one."
)
_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """When a request was sent by the client's clock, and when it came in by ours.

    ``known_at`` is later than ``received_at`` where the message could only be used later (a replay).
    """

    received_at: datetime
    sent_at: datetime | None
    known_at: datetime | None = None
    fallback_id: str | None = None


def to_event(message: Message, account_id: str | None, sent: Sent, limits: Limits) -> Parsed | Rejection:
    """Return the event ready for the log, or why the message can't be taken."""
    warnings: list[str] = []
    event_id = message.message_id or sent.fallback_id
    try:
        kind, data = meaning(message, warnings)
        account = _known(account_id)
        raw = checked_data(kind, data, Raw(_encode(data)))
        occurred_at, _ = settle(
            occurred_at=corrected(message.timestamp, sent),
            known_at=None,
            received_at=sent.received_at,
            history=False,
            limits=limits,
            warnings=warnings,
        )
    except Refused as refused:
        return Rejection(
            code=refused.code, reason=refused.reason, account_id=account_id, event_id=message.message_id
        )
    except msgspec.DecodeError:
        reason = "A trait or property that we use has the wrong type; see the README of ingest."
        return Rejection(
            code="invalid_event", reason=reason, account_id=account_id, event_id=message.message_id
        )
    if event_id is None:
        event_id = new_event_id(sent.received_at)
        warnings.append(NO_ID.replace("id was", "messageId was"))
    record = EventRecord(
        version=VERSION,
        id=event_id,
        type=kind,
        account_id=account,
        occurred_at=occurred_at,
        received_at=sent.known_at or sent.received_at,
        known_at=sent.known_at or sent.received_at,
        data=raw,
        user_id=message.user,
    )
    return Parsed(account, event_id, encode_event(record), tuple(warnings))


def corrected(timestamp: datetime | None, sent: Sent) -> datetime | None:
    """Return received - (sent - timestamp): the client's clock may be wrong, its differences are right."""
    if timestamp is None or sent.sent_at is None:
        return timestamp
    try:
        return sent.received_at - (_aware(sent.sent_at) - _aware(timestamp))
    except OverflowError:
        return timestamp


def _known(account_id: str | None) -> str:
    if account_id is None:
        raise Refused("account_required", NO_ACCOUNT)
    return account_id


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
