"""At once, or in a digest: what can wait for the receiver's next digest waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from radar_vocabulary.contracts.alerts import CaseKind, Severity, Tier
from radar_vocabulary.contracts.scalars import Day, Segment
from radar_vocabulary.language.messages import Message, message

LIKELY_CHURN: Final = 0.5
LAST_CHECK: Final = timedelta(days=7)


class TierReason(StrEnum):
    """Why a case is told at once, or in a digest."""

    CRITICAL = "critical"
    KEY_ACCOUNT = "key_account"
    LIKELY = "likely_churn"
    BY_HAND = "set_manually"
    NO_TIME = "no_time_for_a_digest"
    CAN_WAIT = "can_wait"


TIER_REASONS: Final[Mapping[TierReason, Message]] = {
    TierReason.CRITICAL: message("its severity is critical"),
    TierReason.KEY_ACCOUNT: message("it is a key account"),
    TierReason.LIKELY: message("the probability of churn is 50% or more"),
    TierReason.BY_HAND: message("a person set the band"),
    TierReason.NO_TIME: message(
        "the next digest comes after the last day for giving notice, or after the seventh day before the renewal"
    ),
    TierReason.CAN_WAIT: message("it can wait for the next digest"),
}


@dataclass(frozen=True, kw_only=True)
class TierFacts:
    """What decides whether a case is told at once.

    Attributes:
        churn_probability: of the term that the case looks after, 0 to 1; None where none is known.
        notice_by: the last day on which the customer can give notice.
        by_hand: a person has set the account's band or score.
    """

    severity: Severity
    segment: Segment
    kind: CaseKind = "renewal"
    churn_probability: float | None = None
    notice_by: Day | None = None
    renews_on: Day | None = None
    by_hand: bool = False


@dataclass(frozen=True, kw_only=True)
class TierDecision:
    """How a case is told, with every reason for it."""

    tier: Tier
    reasons: tuple[TierReason, ...]


def tier_for(facts: TierFacts, *, now: datetime, next_digest: datetime, time_zone: str) -> TierDecision:
    """Return how a case is told to a receiver in ``time_zone`` whose next digest comes at ``next_digest``.

    An opportunity to expand always waits for the digest.
    """
    hurry = {
        TierReason.CRITICAL: facts.severity == "critical",
        TierReason.KEY_ACCOUNT: facts.segment == "key",
        TierReason.BY_HAND: facts.by_hand,
        TierReason.LIKELY: (facts.churn_probability or 0.0) >= LIKELY_CHURN,
        TierReason.NO_TIME: _no_time(facts, now, next_digest, time_zone),
    }
    reasons = tuple(reason for reason, holds in hurry.items() if holds)
    if not reasons or facts.kind == "expansion":
        return TierDecision(tier="digest", reasons=(TierReason.CAN_WAIT,))
    return TierDecision(tier="now", reasons=reasons)


def _no_time(facts: TierFacts, now: datetime, next_digest: datetime, time_zone: str) -> bool:
    """Return whether a day by which somebody must act lies ahead, and ends before the next digest's day."""
    zone = ZoneInfo(time_zone)
    today, digest_day = now.astimezone(zone).date(), next_digest.astimezone(zone).date()
    return any(today <= day < digest_day for day in _last_days(facts))


def _last_days(facts: TierFacts) -> tuple[date, ...]:
    check = facts.renews_on - LAST_CHECK if facts.renews_on else None
    return tuple(day for day in (facts.notice_by, check) if day is not None)
