"""A change of score is split exactly, and each part is blamed on what caused it."""

from datetime import timedelta
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_chassis.errors import InvalidRequest
from radar_health_score.domain.changes import Basis, split_change
from radar_health_score.domain.rules import WorkspaceRules
from radar_health_score.domain.scorecard_defaults import load_default_scorecards
from tests.support.account_histories import CONTRACT, NOW, accounts, ago, histories
from tests.support.reference_facts import Use, facts_from

CARDS = load_default_scorecards()
RULES = WorkspaceRules()
cards = st.sampled_from(list(CARDS.values()))


def basis(records, as_of, card=CARDS["mid"], **known):
    facts = facts_from([use for use in records if use.at < as_of], as_of, contracts=(CONTRACT,), **known)
    return Basis(facts=facts, scorecard=card, rules=RULES)


def daily(first, last):
    return [Use(at=ago(day, 10), feature="report") for day in range(first, last)]


@given(histories, accounts(), cards, cards, st.integers(min_value=0, max_value=90))
def test_the_parts_add_up_for_the_whole_and_for_each_driver(records, facts, card, other, days):
    earlier = basis(records, NOW - timedelta(days=days), card)
    change = split_change(earlier, Basis(facts=facts, scorecard=other, rules=RULES))
    first = 50.0 if change.earlier.score is None else change.earlier.score
    last = 50.0 if change.later.score is None else change.later.score
    assert abs(change.time + change.behaviour + change.configuration - (last - first)) < 1e-6
    assert abs(fsum(each.points_to - each.points_from for each in change.drivers) - (last - first)) < 1e-6
    for each in change.drivers:
        parts = each.time + each.behaviour + each.configuration
        assert abs(parts - (each.points_to - each.points_from)) < 1e-9


def test_silence_is_blamed_on_time_alone():
    records = daily(31, 100)
    change = split_change(basis(records, ago(30)), basis(records, NOW))
    assert change.time < -10
    assert change.behaviour == 0
    assert change.configuration == 0


def test_new_use_is_credited_to_behaviour():
    change = split_change(basis(daily(31, 100), ago(30)), basis(daily(1, 100), NOW))
    assert change.behaviour > 10
    assert change.time < -10


def test_another_scorecard_is_configuration_alone():
    records = daily(1, 100)
    change = split_change(basis(records, NOW), basis(records, NOW, CARDS["key"]))
    assert change.configuration == pytest.approx(change.later.score - change.earlier.score)
    assert change.configuration != 0
    assert change.time == change.behaviour == 0


def test_the_largest_change_comes_first_and_speaks_of_the_later_moment():
    records = daily(31, 100)
    change = split_change(basis(records, ago(30)), basis(records, NOW))
    sizes = [abs(each.points_to - each.points_from) for each in change.drivers]
    assert sizes == sorted(sizes, reverse=True)
    assert "No activity for 30 days" in {each.text for each in change.drivers}


def test_a_change_backwards_is_refused():
    with pytest.raises(InvalidRequest, match="swap from and to"):
        split_change(basis([], NOW), basis([], ago(1)))
