"""At once, or in a digest: what can wait until the receiver's next digest waits."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from radar_alerts.domain.cases.case import Case
from radar_vocabulary.contracts.alerts import Tier
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal

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


def tier_for(
    case: Case, snapshot: HealthSnapshot, renewal: Renewal | None, next_digest: datetime
) -> tuple[Tier, TierReason]:
    """Return how a case is told, and why."""
    if case.kind == "expansion":
        return "digest", TierReason.CAN_WAIT
    hurry = {
        TierReason.CRITICAL: case.severity == "critical",
        TierReason.KEY_ACCOUNT: snapshot.account.segment == "key",
        TierReason.BY_HAND: snapshot.override is not None,
        TierReason.LIKELY: _likely_churn(renewal),
        TierReason.NO_TIME: _no_time(case, next_digest),
    }
    for reason, holds in hurry.items():
        if holds:
            return "now", reason
    return "digest", TierReason.CAN_WAIT


def _likely_churn(renewal: Renewal | None) -> bool:
    return renewal is not None and renewal.probability is not None and 1 - renewal.probability >= LIKELY_CHURN


def _no_time(case: Case, next_digest: datetime) -> bool:
    """Return whether the notice date or T-7 comes before the next digest; one that has passed gives no hurry."""
    last = [_start(case.notice_by)] if case.notice_by else []
    last += [_start(case.renews_on) - LAST_CHECK] if case.renews_on else []
    ahead = [one for one in last if one > next_digest - timedelta(days=8)]
    return any(next_digest > one for one in ahead)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
