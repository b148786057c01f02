"""One rule over one renewal, day by day."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.rule_life import RuleLife

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
LOW = """
name: low
held_days: 2
cap: 2
window: {earliest: 120, latest: 7}
when: {reading: score, below: 40}
clear: {held_days: 3, when: {reading: score, at_least: 60}}
"""
BAD, BETWEEN, GOOD = 30.0, 50.0, 70.0


@pytest.fixture
def life() -> RuleLife:
    return RuleLife(LOW, START)


def hear(life: RuleLife, *scores: float | None, days: float | None = 90.0) -> list[tuple[int, str]]:
    """Tell one score a day; None: it isn't known."""
    renewal = {} if days is None else {"days_to_renewal": days}
    life.hears_daily(({} if score is None else {"score": score}) | renewal for score in scores)
    return life.said


def test_a_condition_must_hold_for_its_days(life: RuleLife) -> None:
    assert hear(life, BAD, BAD) == []
    assert hear(life, BAD, BAD, BAD) == [(2, "raised")]


def test_a_day_on_which_it_fails_begins_the_count_anew(life: RuleLife) -> None:
    assert hear(life, BAD, BAD, BETWEEN, BAD, BAD) == []
    assert hear(life, BAD) == [(5, "raised")]


def test_an_unknown_day_neither_raises_nor_begins_the_count_anew(life: RuleLife) -> None:
    assert hear(life, BAD, None, None, None) == []
    assert hear(life, BAD) == [(4, "raised")]


def test_it_clears_at_its_own_threshold_after_its_own_days(life: RuleLife) -> None:
    hear(life, BAD, BAD, BAD, BETWEEN, BETWEEN, BETWEEN, BETWEEN, BETWEEN)
    assert life.memory.active
    hear(life, GOOD, GOOD, GOOD)
    assert life.memory.active
    assert hear(life, GOOD) == [(2, "raised"), (11, "cleared")]


def test_an_unknown_day_neither_clears_nor_begins_that_count_anew(life: RuleLife) -> None:
    hear(life, BAD, BAD, BAD, GOOD, None, None, None)
    assert life.memory.active
    assert hear(life, GOOD)[-1] == (7, "cleared")


def test_a_day_below_the_clearing_threshold_begins_that_count_anew(life: RuleLife) -> None:
    hear(life, BAD, BAD, BAD, GOOD, GOOD, GOOD, BETWEEN, GOOD, GOOD, GOOD)
    assert life.memory.active


def test_it_is_raised_as_often_as_its_cap_says_and_no_more(life: RuleLife) -> None:
    for _ in range(3):
        hear(life, BAD, BAD, BAD, GOOD, GOOD, GOOD, GOOD)
    assert [kind for _, kind in life.said] == ["raised", "cleared", "raised", "cleared"]
    assert (life.memory.raised, life.memory.active) == (2, False)


@pytest.mark.parametrize(
    ("days", "speaks"), [(121, False), (120, True), (7, True), (6, False), (None, False)]
)
def test_it_speaks_only_in_its_window_whose_ends_belong_to_it(
    life: RuleLife, days: float | None, speaks: bool
) -> None:
    assert bool(hear(life, BAD, BAD, BAD, days=days)) is speaks


def test_what_held_before_the_window_counts(life: RuleLife) -> None:
    assert hear(life, BAD, BAD, BAD, days=121.0) == []
    assert hear(life, BAD, days=120.0) == [(3, "raised")]


def test_it_clears_outside_its_window_too(life: RuleLife) -> None:
    hear(life, BAD, BAD, BAD)
    assert hear(life, GOOD, GOOD, GOOD, GOOD, days=3.0)[-1] == (6, "cleared")


def test_without_a_condition_of_its_own_it_clears_as_soon_as_it_no_longer_holds() -> None:
    life = RuleLife("name: low\nwhen: {reading: score, below: 40}", START)
    assert hear(life, BAD, None, GOOD) == [(0, "raised"), (2, "cleared")]


def test_time_that_stands_still_or_goes_back_changes_nothing(life: RuleLife) -> None:
    hear(life, BAD, BAD)
    before = life.memory
    for at in (START + timedelta(days=1), START):
        assert life.hears(at, score=GOOD, days_to_renewal=90.0) is None
        assert life.memory == before


def test_the_evidence_is_what_the_condition_looked_at_and_the_days_left() -> None:
    life = RuleLife("name: a\nwhen: {reading: score, below: {of: mau, times: 2}}", START)
    found = life.hears(score=3.0, mau=2.0, seats=9.0, days_to_renewal=50.0)
    assert found is not None
    assert found.evidence == {"score": 3.0, "mau": 2.0, "days_to_renewal": 50.0}


def test_the_same_moments_give_the_same_findings() -> None:
    first, second = RuleLife(LOW, START), RuleLife(LOW, START)
    scores = (BAD, BAD, BAD, GOOD, None, GOOD, GOOD, GOOD, BAD)
    assert hear(first, *scores) == hear(second, *scores)
    assert first.memory == second.memory


def test_after_it_cleared_the_condition_must_hold_for_its_days_again() -> None:
    life = RuleLife("name: low\nheld_days: 2\ncap: 2\nwhen: {reading: score, below: 40}", START)
    hear(life, BAD, BAD, BAD, GOOD, BAD, BAD)
    assert life.said == [(2, "raised"), (3, "cleared")]
    assert hear(life, BAD)[-1] == (6, "raised")


def test_after_it_was_raised_again_it_must_be_well_for_its_days_again(life: RuleLife) -> None:
    hear(life, BAD, BAD, BAD, GOOD, GOOD, GOOD, GOOD, BAD, BAD, BAD, GOOD, GOOD, GOOD)
    assert life.memory.active
    assert hear(life, GOOD)[-1] == (13, "cleared")


def test_clearing_has_evidence_too(life: RuleLife) -> None:
    hear(life, BAD, BAD, BAD, GOOD, GOOD, GOOD, GOOD)
    assert life.found[-1][1].evidence == {"score": GOOD, "days_to_renewal": 90.0}
