"""How pressing an alert is."""

import pytest

from radar_alerts.domain.policy import SeverityThresholds
from radar_alerts.domain.severity import severity
from tests.support.health import renewal, snapshot


@pytest.mark.parametrize(
    ("segment", "days", "at_risk", "expected"),
    [
        ("key", 45, 1_000.0, "critical"),
        ("key", 46, 1_000.0, "high"),
        ("mid", 30, 50_000.0, "critical"),
        ("mid", 200, 50_000.0, "high"),
        ("mid", 30, 1_000.0, "high"),
        ("mid", 121, 1_000.0, "normal"),
    ],
)
def test_the_nearer_and_the_larger_the_more_pressing(
    segment, days: int, at_risk: float, expected: str
) -> None:
    news = snapshot(30.0, segment=segment, contract=renewal(days=days, at_risk=at_risk))
    assert severity(news, SeverityThresholds()) == expected


def test_without_a_renewal_only_a_key_account_is_more_than_normal() -> None:
    assert severity(snapshot(30.0, segment="key", contract=None), SeverityThresholds()) == "high"
    assert severity(snapshot(30.0, segment="mid", contract=None), SeverityThresholds()) == "normal"
