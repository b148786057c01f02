"""The record on ``radar.alerts.v1``: what happened to an alert."""

from typing import Final, Literal

import msgspec
from msgspec import Struct

from radar_vocabulary.contracts.health import Driver
from radar_vocabulary.contracts.scalars import AccountId, Band, Day, Moment, Money, Owner, Segment

AlertState = Literal["open", "acknowledged", "snoozed", "resolved"]
AlertChange = Literal["opened", "acknowledged", "snoozed", "woken", "escalated", "resolved", "reopened"]
Severity = Literal["critical", "high", "normal"]
Channel = Literal["slack", "email", "console"]
DeliveryState = Literal["pending", "sending", "sent", "failed", "unknown"]


class AlertRecord(Struct, frozen=True, kw_only=True):
    """One step in an alert's life, with the alert as it is after it.

    Attributes:
        alert_id: stays the same for the whole episode (one per account and renewal).
        sequence: 1 for the first step, then counting up; a reader drops what it has seen.
        actor: who did it; None when the product did.
    """

    version: Literal[1] = 1
    alert_id: str
    sequence: int
    change: AlertChange
    state: AlertState
    at: Moment
    account_id: AccountId
    account_name: str | None
    segment: Segment
    owner: Owner | None
    contract_id: str | None
    renews_on: Day | None
    score: float | None
    band: Band
    arr_at_risk: Money | None
    drivers: tuple[Driver, ...]
    actor: str | None = None
    note: str | None = None


_decoder: Final = msgspec.json.Decoder(AlertRecord)
_encoder: Final = msgspec.json.Encoder()


def encode_alert(record: AlertRecord) -> bytes:
    """Return the JSON bytes that go on the topic."""
    return _encoder.encode(record)


def decode_alert(value: bytes) -> AlertRecord:
    """Return the record in ``value``; raises msgspec.DecodeError or ValidationError."""
    return _decoder.decode(value)
