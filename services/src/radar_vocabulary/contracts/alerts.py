"""The record on ``radar.alerts.v1``: what happened to a case."""

from typing import Final, Literal

import msgspec
from msgspec import Struct

from radar_vocabulary.contracts.health import Driver
from radar_vocabulary.contracts.scalars import AccountId, Band, Day, Moment, Money, Owner, Segment

AlertState = Literal["open", "acknowledged", "snoozed", "resolved"]
AlertChange = Literal["opened", "acknowledged", "snoozed", "woken", "escalated", "resolved", "reopened"]
CaseState = Literal["open", "acknowledged", "snoozed", "renewed", "lost", "recovered", "dismissed"]
CaseKind = Literal["renewal", "passed", "expansion"]
CaseChange = Literal[
    "opened",
    "reopened",
    "signal_raised",
    "signal_cleared",
    "acknowledged",
    "acknowledgement_expired",
    "snoozed",
    "woken",
    "escalated",
    "assigned",
    "handed_over",
    "notice_given",
    "notice_withdrawn",
    "date_moved",
    "held",
    "released",
    "dropped",
    "renewed",
    "lost",
    "recovered",
    "dismissed",
]
Tier = Literal["now", "digest"]
Severity = Literal["critical", "high", "normal"]
Channel = str
"""The name of a notifier package. A plain text, so that a channel can be added without a change of the record."""
DeliveryState = Literal["pending", "sending", "sent", "failed", "unknown"]


class AlertRecord(Struct, frozen=True, kw_only=True):
    """One step in a case's life, with the case as it is after it.

    Attributes:
        alert_id: the case's id; it stays the same as long as there is a case.
        sequence: 1 for the first step, then counting up; a reader drops what it has seen.
        change: what happened, in the words of 0.1.0; None where they have none for it.
        state: the case's state in the words of 0.1.0.
        actor: who did it, by the name of their key or account; None when the product did.
        claim: who they said that they are.
        step: what happened; None in records older than cases.
        rule: the rule that opened the case, or whose signal this step is about.
        rule_version: a hash of that rule's content.
        told: opaque ids of the receivers who were told of the case before this step.
    """

    version: Literal[1] = 1
    alert_id: str
    sequence: int
    change: AlertChange | None
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
    claim: str | None = None
    step: CaseChange | None = None
    case_state: CaseState | None = None
    kind: CaseKind | None = None
    term_id: str | None = None
    rule: str | None = None
    rule_version: str | None = None
    tier: Tier | None = None
    told: tuple[str, ...] = ()


_decoder: Final = msgspec.json.Decoder(AlertRecord)
_encoder: Final = msgspec.json.Encoder()


def encode_alert(record: AlertRecord) -> bytes:
    """Return the JSON bytes that go on the topic."""
    return _encoder.encode(record)


def decode_alert(value: bytes) -> AlertRecord:
    """Return the record in ``value``; raises msgspec.DecodeError or ValidationError."""
    return _decoder.decode(value)
