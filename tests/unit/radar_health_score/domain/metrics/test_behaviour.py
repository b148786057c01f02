"""Metrics of the behaviour dimension, worked by hand. Now is the midnight before Monday, 1 June 2026."""

from math import log

import pytest

from radar_health_score.domain.account.facts import Profile
from radar_health_score.domain.metrics.behaviour import NO_NORTH_STAR
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from tests.support.account_histories import CONTRACT, NOW, ago
from tests.support.reference_facts import SESSION, Use, facts_from


def read(name, records=(), workspace=None, **known):
    return measure(facts_from(records, NOW, **known), workspace or WorkspaceSettings())[name]


def on(days, user="ann", feature="report", count=1, seconds=0.0):
    return [Use(at=ago(day), user=user, feature=feature, count=count, seconds=seconds) for day in days]


def test_logins_and_active_days_are_per_active_user():
    records = [Use(at=ago(day, hour), user="ann") for day in (1, 2, 3) for hour in (9, 15)]
    records += [Use(at=ago(1, 9), user="bob")]
    assert read("logins_per_active_user", records) == 3.5
    assert read("active_days_per_active_user", records) == 2


def test_logins_are_missing_where_none_are_reported():
    assert read("logins_per_active_user", on([1])) == Missing("no login was reported in the last 90 days")


def test_minutes_come_from_sessions_and_are_not_counted_twice():
    features = on([1], seconds=240.0) + on([2], "bob", seconds=120.0)
    assert read("minutes_per_active_user", features) == 3
    sessions = on([1], feature=SESSION, seconds=1200.0)
    assert read("minutes_per_active_user", features + sessions) == 10


def test_silence_is_counted_from_the_last_day_with_use():
    assert read("days_since_last_activity", on([1, 30])) == 0
    assert read("days_since_last_activity", on([24])) == 23
    assert read("days_since_last_activity", on([150])) == 149


def test_breadth_is_measured_against_the_key_features():
    workspace = WorkspaceSettings(key_features=frozenset({"report", "export", "share", "plan"}))
    records = on([1], feature="report") + on([2], feature="other") + on([40], feature="share")
    assert read("key_feature_breadth", records, workspace) == 0.25


def test_without_key_features_breadth_is_measured_against_the_last_90_days():
    records = on([1], feature="report") + on([40], feature="share") + on([100], feature="old")
    assert read("key_feature_breadth", records) == 0.5


def test_frequency_is_uses_of_key_features_per_week():
    workspace = WorkspaceSettings(key_features=frozenset({"report"}))
    records = on([1, 10], count=6) + on([3], feature="other", count=50) + on([60])
    assert read("key_feature_frequency", records, workspace) == 3


def test_the_trend_is_a_smoothed_log_ratio_of_the_windows():
    records = on([1], count=45) + on([40], count=95) + on([70])
    assert read("usage_trend", records) == pytest.approx(log(50 / 100))


def test_one_use_fewer_is_no_collapse():
    assert read("usage_trend", on([1, 40, 41, 70])) == pytest.approx(log(6 / 7))


def test_a_trend_needs_six_weeks_and_scales_up_a_window_seen_in_part():
    assert read("usage_trend", on([1, 41])) == Missing("the first use was less than 42 days ago")
    # 42 days: 14 of the earlier window were seen, with 10 uses: 20 in 28 days.
    assert read("usage_trend", on([1], count=20) + on([42], count=10)) == pytest.approx(0)


def test_the_trend_of_a_silent_account_does_not_recover():
    assert read("usage_trend", on([29, 50], count=50)) == -3
    assert read("usage_trend", on([60], count=50)) == -3
    assert read("usage_trend", on([150], count=50)) == -3


def test_logins_stand_for_use_where_nothing_else_is_reported():
    records = [Use(at=ago(day)) for day in (1, 2, 3, 4, 5, 40, 41, 42, 43, 44, 70)]
    assert read("usage_trend", records) == pytest.approx(0)


def test_regularity_is_the_share_of_working_days_with_use():
    # Days 3 to 7 ago are Monday to Friday, days 1 and 2 a weekend; the window has 20 working days.
    assert read("regularity", on([1, 2, 3, 4, 5, 6, 7, 60])) == 0.25


def test_active_weeks_tell_a_slow_customer_from_a_gone_one():
    once_a_week = on(range(1, 90, 7))
    assert read("active_weeks", once_a_week) == pytest.approx((83 + 1) / 84)
    assert read("active_weeks", on([3, 120])) == pytest.approx(3 / 84)
    assert read("active_weeks", on([20, 24, 120])) == pytest.approx((4 + 7) / 84)
    assert read("active_weeks", on([87, 120])) == pytest.approx(4 / 84)
    assert read("active_weeks", on([91, 120])) == 0


def test_the_north_star_is_that_of_the_accounts_products():
    workspace = WorkspaceSettings(north_star={"crm": "deal", "shop": "order"})
    records = on([1], feature="deal", count=3) + on([2], feature="order", count=5)
    contract = CONTRACT.__class__(contract_id="c1", product="crm")
    assert read("north_star_count", records, workspace, contracts=(contract,)) == 3
    assert read("north_star_count", records, workspace) == 8


def test_without_configuration_only_a_tool_has_a_north_star():
    assert read("north_star_count", on([1], count=3)) == NO_NORTH_STAR
    assert read("north_star_count", on([1], count=3), profile=Profile(business_model="tool")) == 3


def test_the_north_star_has_its_own_trend_and_target():
    workspace = WorkspaceSettings(north_star={"crm": "deal"})
    records = on([1], feature="deal", count=15) + on([40], feature="deal", count=5) + on([70])
    assert read("north_star_trend", records, workspace) == pytest.approx(log(2))
    target = Profile(north_star_target=20)
    assert read("north_star_vs_target", records, workspace, profile=target) == 0.75
    assert isinstance(read("north_star_vs_target", records, workspace), Missing)
