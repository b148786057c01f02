"""Metrics with a long memory, worked by hand. Now is the midnight before Monday, 1 June 2026."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.history.aging import seen_later
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.metrics.year import NO_HABIT, SILENCE_LIMIT
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from tests.support.account_histories import NOW, ago, histories
from tests.support.reference_facts import LOGIN, Use, facts_from

DAILY = range(1, 400)
LONG = ("active_days_half_year", "active_days_year", "active_days_per_week", "active_windows")


def on(days, feature="report", count=1):
    return [Use(at=ago(day), feature=feature, count=count) for day in days]


def read(name, records):
    return measure(facts_from(records, NOW), WorkspaceSettings())[name]


def test_active_days_are_counted_back_from_the_last_day():
    records = on([1, 2, 182, 183, 364, 365])
    assert read("active_days_half_year", records) == 3
    assert read("active_days_year", records) == 5


def test_several_uses_of_a_day_are_one_active_day():
    assert read("active_days_year", on([5, 5, 5])) == 1


def test_days_per_week_are_those_since_the_first_use_of_a_young_account():
    assert read("active_days_per_week", on(DAILY)) == 7
    assert read("active_days_per_week", on(range(1, 183, 7))) == pytest.approx(26 * 7 / 182, rel=0.05)
    assert read("active_days_per_week", on([1, 2])) == pytest.approx(2 * 7 / 28)


def test_a_use_every_four_weeks_fills_the_year():
    assert read("active_windows", on(range(28, 400, 28))) == 1


def test_a_pause_of_more_than_four_weeks_shows_for_a_year():
    pause = [day for day in DAILY if not 100 < day <= 156]
    assert read("active_windows", on(pause)) == pytest.approx(1 - (56 - 27) / 364)


def test_silence_is_measured_in_the_accounts_own_gaps():
    assert read("silence_vs_habit", on(range(8, 400))) == pytest.approx(7)
    assert read("silence_vs_habit", on(range(8, 400, 7))) == pytest.approx(1)
    assert read("silence_vs_habit", on(range(15, 400, 7))) == pytest.approx(2)
    assert read("silence_vs_habit", on(DAILY)) == 0


def test_a_habit_takes_four_weeks_to_form():
    assert read("silence_vs_habit", on([10, 20])) == NO_HABIT
    assert read("silence_vs_habit", on([200, 210])) == NO_HABIT
    assert read("silence_vs_habit", on([10, 37])) == pytest.approx(9 * 2 / 28)


def test_after_half_a_year_of_silence_there_is_no_more_to_wait_for():
    assert read("silence_vs_habit", on([300, 360])) == SILENCE_LIMIT


@given(histories, st.integers(min_value=0, max_value=300), st.integers(min_value=1, max_value=100))
def test_silence_never_looks_better_by_lasting_longer(records, days, more):
    """But for the four weeks that a day of use lends itself to active_windows: only then is that a pause."""
    facts = facts_from(records, NOW)
    early, late = (
        measure(seen_later(facts, ago(-after), ago(1 - after).date()), WorkspaceSettings())
        for after in (days, days + more)
    )
    for name in LONG if days >= 28 else LONG[:2]:
        if not isinstance(early[name], Missing):
            assert late[name] <= early[name] + 1e-9
    if not isinstance(early["silence_vs_habit"], Missing):
        assert late["silence_vs_habit"] >= early["silence_vs_habit"]


def test_a_quarter_is_compared_with_the_one_before():
    halved = on(range(1, 85), count=1) + on(range(85, 169), count=2) + on([300])
    assert read("usage_trend_quarter", halved) == pytest.approx(log(89 / 173))
    assert read("usage_trend_quarter", on(range(85, 200))) == -3


def test_a_young_account_has_no_quarter_to_compare_with():
    assert isinstance(read("usage_trend_quarter", on([125])), Missing)
    young = on(range(1, 127))
    assert read("usage_trend_quarter", young) == pytest.approx(0)


def test_logins_are_use_on_days_without_features():
    records = on([1], feature=LOGIN) + on([1, 2], count=4) + on([3], feature=LOGIN)
    assert facts_from(records, NOW).year.uses.tolist() == [1, 4, 4]
