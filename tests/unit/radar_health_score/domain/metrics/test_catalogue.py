"""The catalogue as a whole: complete, pure, and equal to a slow and obvious count over raw records."""

from datetime import date, timedelta
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.metrics.catalogue import CATALOGUE, measure
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from tests.support.account_histories import NOW, accounts, histories
from tests.support.reference_facts import LOGIN, SESSION, facts_from

RULES = WorkspaceSettings()
YESTERDAY = date(2026, 5, 31)


def between(records, first, last):
    """Records from ``first`` to ``last`` days before yesterday, both included."""
    return [use for use in records if first <= (YESTERDAY - use.at.date()).days <= last]


def users(records):
    return {use.user for use in records if use.user}


def test_every_dimension_has_at_least_five_metrics():
    for dimension in ("users", "behaviour", "outcomes"):
        assert sum(metric.dimension == dimension for metric in CATALOGUE.values()) >= 5


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.name)
def test_every_metric_says_what_it_is(metric):
    assert metric.description


@given(accounts())
def test_measuring_is_pure_and_gives_finite_numbers_or_a_reason(facts):
    first, again = measure(facts, RULES), measure(facts, RULES)
    assert first == again
    for reading in first.values():
        assert reading.reason if isinstance(reading, Missing) else abs(reading) < 1e9


@given(histories.filter(users))
def test_active_users_equal_a_naive_count(records):
    readings = measure(facts_from(records, NOW), RULES)
    assert readings["dau"] == len(users(between(records, 0, 0)))
    assert readings["wau"] == len(users(between(records, 0, 6)))
    assert readings["mau"] == len(users(between(records, 0, 27)))
    assert readings["dormant_users"] == len(users(between(records, 28, 55)) - users(between(records, 0, 27)))
    assert readings["new_users"] == len(users(between(records, 0, 27)) - users(between(records, 28, 999)))


@given(histories.filter(lambda records: users(between(records, 0, 27)) and between(records, 28, 999)))
def test_stickiness_equals_a_naive_mean(records):
    daily = [len(users(between(records, day, day))) for day in range(28)]
    naive = sum(daily) / 28 / len(users(between(records, 0, 27)))
    assert measure(facts_from(records, NOW), RULES)["stickiness"] == pytest.approx(naive)


@given(histories.filter(lambda records: between(records, 0, 27) and between(records, 57, 999)))
def test_the_trend_equals_a_naive_ratio(records):
    def volume(some):
        named = sum(use.count for use in some if use.feature not in {LOGIN, SESSION})
        return named or sum(use.count for use in some)

    now, before = volume(between(records, 0, 27)), volume(between(records, 28, 55))
    naive = max(-3, min(3, log((now + 5) / (before + 5))))
    assert measure(facts_from(records, NOW), RULES)["usage_trend"] == pytest.approx(naive)


@given(histories.filter(lambda records: between(records, 28, 999)))
def test_regularity_equals_a_naive_share_of_working_days(records):
    days = {use.at.date() for use in between(records, 0, 27)}
    naive = sum(1 for day in days if day.weekday() < 5) / 20
    assert measure(facts_from(records, NOW), RULES)["regularity"] == pytest.approx(naive)


@given(histories.filter(lambda records: between(records, 84, 999)))
def test_active_weeks_equal_a_naive_share_of_days(records):
    naive = sum(1 for day in range(84) if between(records, day, day + 6)) / 84
    assert measure(facts_from(records, NOW), RULES)["active_weeks"] == pytest.approx(naive)


@given(histories.filter(lambda records: users(between(records, 0, 27))))
def test_concentration_equals_a_naive_share(records):
    named = [use.user for use in between(records, 0, 27) if use.user]
    naive = max(named.count(user) for user in named) / len(named)
    assert measure(facts_from(records, NOW), RULES)["concentration"] == pytest.approx(naive)


@given(histories, st.integers(min_value=1, max_value=100))
def test_records_after_the_moment_change_nothing(records, days):
    earlier = NOW - timedelta(days=days)
    kept = [use for use in records if use.at < earlier]
    assert measure(facts_from(records, earlier), RULES) == measure(facts_from(kept, earlier), RULES)
