"""Something to be said about a case: first about the case, then, once it is routed, to one receiver."""

import hashlib
from typing import Final, Literal

from msgspec import Struct

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.cases.decision import AnnouncementKind
from radar_vocabulary.contracts.scalars import Moment

AnnouncementState = Literal["waiting", "held", "digest", "sent", "dropped"]
OPENINGS: Final[frozenset[AnnouncementKind]] = frozenset({"opened", "reopened"})


class Announcement(Struct, frozen=True, kw_only=True):
    """One thing to say.

    Attributes:
        id: made from the case, the step and the receiver: the same occasion is announced once.
        receiver_id: whom to tell; None until it is routed.
        state: waiting for the next pass (or for a receiver's working hours); held by a guard; in a receiver's
            digest; sent (a delivery was made of it); dropped, with the reason.
        rule_version: of the rule whose signal it is about, for guards that look for a new one.
        caused_by: when ingest received the event behind it.
        hold_key: what it is counted under where many open at once; None: it isn't counted, as its
            renewal came up by the calendar or its account has just become known.
        digest_reason: why it went into a digest.
        delivery_id: the message that says it, once there is one.
    """

    id: str
    case_id: str
    account_id: str
    kind: AnnouncementKind
    state: AnnouncementState
    created_at: Moment
    receiver_id: str | None = None
    rule: str | None = None
    rule_version: str | None = None
    hold_id: str | None = None
    reason: str | None = None
    hold_key: str | None = None
    digest_reason: str | None = None
    caused_by: Moment | None = None
    settled_at: Moment | None = None
    delivery_id: str | None = None


def announcement_of(
    kind: AnnouncementKind, case: Case, *, at: Moment, rule: str | None, caused_by: Moment | None
) -> Announcement:
    """Return the announcement of a decision: always the same id for the same occasion."""
    occasion = f"{case.openings}" if kind in OPENINGS else f"{case.sequence}"
    name = f"{case.case_id}:{kind}:{occasion}"
    return Announcement(
        id=_id(name),
        case_id=case.case_id,
        account_id=case.account_id,
        kind=kind,
        state="waiting",
        created_at=at,
        rule=rule or case.opened_by,
        rule_version=case.rule_version,
        caused_by=caused_by,
    )


def to_receiver(announcement: Announcement, receiver_id: str) -> Announcement:
    """Return the announcement to one receiver."""
    return Announcement(
        id=_id(f"{announcement.id}:{receiver_id}"),
        case_id=announcement.case_id,
        account_id=announcement.account_id,
        kind=announcement.kind,
        state="waiting",
        created_at=announcement.created_at,
        receiver_id=receiver_id,
        rule=announcement.rule,
        rule_version=announcement.rule_version,
        caused_by=announcement.caused_by,
    )


def _id(name: str) -> str:
    return f"an_{hashlib.sha256(name.encode()).hexdigest()[:24]}"
