"""At once, or in a digest."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_alerts.domain.announcing.tiers import TIER_REASONS, TierFacts, TierReason, tier_for

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
TOMORROW = datetime(2026, 11, 28, 8, tzinfo=UTC)


def tier(next_digest: datetime = TOMORROW, now: datetime = NOW, zone: str = "UTC", **facts):
    known = TierFacts(**{"severity": "high", "segment": "mid", **facts})
    return tier_for(known, now=now, next_digest=next_digest, time_zone=zone)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"severity": "critical"}, TierReason.CRITICAL),
        ({"segment": "key"}, TierReason.KEY_ACCOUNT),
        ({"churn_probability": 0.5}, TierReason.LIKELY),
        ({"by_hand": True}, TierReason.BY_HAND),
        ({"notice_by": date(2026, 11, 27)}, TierReason.NO_TIME),
        ({"renews_on": date(2026, 12, 4)}, TierReason.NO_TIME),
    ],
)
def test_what_is_told_at_once(facts, reason) -> None:
    found = tier(**facts)
    assert found.tier == "now"
    assert found.reasons == (reason,)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"churn_probability": 0.49},
        {"notice_by": date(2026, 11, 28)},
        {"renews_on": date(2026, 12, 5)},
        {"notice_by": date(2026, 11, 26), "renews_on": date(2026, 12, 3)},
        {"kind": "expansion", "segment": "key"},
    ],
)
def test_what_waits_for_the_digest(facts) -> None:
    found = tier(**facts)
    assert found.tier == "digest"
    assert found.reasons == (TierReason.CAN_WAIT,)


def test_a_weekly_digest_leaves_less_time() -> None:
    friday = NOW + timedelta(days=7)
    assert tier(notice_by=date(2026, 12, 3)).tier == "digest"
    assert tier(friday, notice_by=date(2026, 12, 3)).tier == "now"


def test_days_are_those_of_the_receiver() -> None:
    late = datetime(2026, 11, 27, 16, tzinfo=UTC)
    assert tier(now=late, notice_by=date(2026, 11, 27)).tier == "now"
    assert tier(now=late, notice_by=date(2026, 11, 27), zone="Asia/Tokyo").tier == "digest"


def test_every_reason_is_named() -> None:
    found = tier(severity="critical", segment="key", churn_probability=0.9)
    assert found.reasons == (TierReason.CRITICAL, TierReason.KEY_ACCOUNT, TierReason.LIKELY)
    assert set(TIER_REASONS) == set(TierReason)


@given(st.dates(date(2026, 11, 20), date(2026, 12, 20)), st.integers(1, 14))
def test_no_last_day_ahead_passes_before_somebody_is_told(last_day, days) -> None:
    next_digest = NOW + timedelta(days=days)
    told_at = NOW if tier(next_digest, notice_by=last_day).tier == "now" else next_digest
    assert last_day < NOW.date() or told_at.date() <= last_day
