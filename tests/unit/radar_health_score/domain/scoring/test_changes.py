"""A change of score is split exactly, and each part is blamed on what caused it."""

from dataclasses import replace
from datetime import timedelta
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from radar_chassis.errors import InvalidRequest
from radar_health_score.domain.scoring.changes import Basis, split_change
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_health_score.domain.scoring.scorecard_yaml import parse_scorecard
from radar_health_score.domain.scoring.snapshot import build_snapshot
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from tests.support.account_histories import CONTRACT, NOW, accounts, ago, histories
from tests.support.reference_facts import Use, facts_from

CARDS = load_default_scorecards()
RULES = WorkspaceSettings()
cards = st.sampled_from(list(CARDS.values()))


def basis(records, as_of, card=CARDS["mid"], **known):
    facts = facts_from([use for use in records if use.at < as_of], as_of, contracts=(CONTRACT,), **known)
    return Basis(facts=facts, scorecard=card, workspace=RULES)


def daily(first, last):
    return [Use(at=ago(day, 10), feature="report") for day in range(first, last)]


@given(histories, accounts(), cards, cards, st.integers(min_value=0, max_value=90))
def test_the_parts_add_up_for_the_whole_and_for_each_driver(records, facts, card, other, days):
    earlier = basis(records, NOW - timedelta(days=days), card)
    change = split_change(earlier, Basis(facts=facts, scorecard=other, workspace=RULES))
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


def test_the_largest_change_comes_first_and_says_how_it_is_and_was():
    records = daily(31, 100)
    change = split_change(basis(records, ago(30)), basis(records, NOW))
    sizes = [abs(each.points_to - each.points_from) for each in change.drivers]
    assert sizes == sorted(sizes, reverse=True)
    assert "No activity for 30 days; before: active today" in {each.text for each in change.drivers}


IDLE = """
name: {name}
bands: {{healthy: 70, watch: 40}}
min_coverage: 0.1
stale_after_days: 30
renewal: [[0, 0.2], [100, 0.9]]
dimensions: {{behaviour: {{weight: 1, metrics: {{days_since_last_activity: {{weight: 1, curve: {curve}}}}}}}}}
"""


def idle_card(name, curve):
    return parse_scorecard(IDLE.format(name=name, curve=curve))


def test_a_change_worked_out_by_hand():
    """An idle day costs 10, and under the later scorecard 20."""
    slow = idle_card("slow", [[0, 100], [10, 0]])
    fast = idle_card("fast", [[0, 100], [5, 0]])
    earlier = basis([Use(at=ago(13, 10))], ago(10), slow)  # two idle days: 80
    later = basis([Use(at=ago(13, 10)), Use(at=ago(5, 10))], NOW, fast)
    change = split_change(earlier, later)
    assert (change.earlier.score, change.later.score) == (pytest.approx(80), pytest.approx(20))
    assert change.time == pytest.approx(-80)  # twelve idle days: 0
    assert change.behaviour == pytest.approx(60)  # four: 60
    assert change.configuration == pytest.approx(-40)  # under the other curve: 20
    (driver,) = change.drivers
    assert (driver.points_from, driver.points_to) == (pytest.approx(30), pytest.approx(-30))
    assert driver.text == "No activity for 4 days; before: no activity for 2 days"


def test_a_part_of_a_day_that_was_shown_is_behaviour_known_then():
    """Facts of the past count whole days; what was shown inside a day had seen more, which is no news later."""
    idle = idle_card("idle", [[0, 100], [10, 0]])
    whole_days = basis([Use(at=ago(13, 10))], ago(10), idle)
    shown = basis([Use(at=ago(13, 10)), Use(at=ago(11, 10))], ago(10), idle).snapshot()
    change = split_change(replace(whole_days, shown=shown), basis([Use(at=ago(3, 10))], NOW, idle))
    assert change.earlier is shown
    assert (change.earlier.score, change.later.score) == (pytest.approx(100), pytest.approx(80))
    assert (change.time, change.configuration) == (pytest.approx(-80), 0)
    assert change.behaviour == pytest.approx(60)


def test_what_was_shown_under_a_scorecard_that_is_lost_differs_by_configuration():
    records = daily(1, 100)
    shown = basis(records, NOW, CARDS["key"]).snapshot()
    change = split_change(replace(basis(records, NOW), shown=shown), basis(records, NOW))
    assert change.configuration == pytest.approx(change.later.score - shown.score)
    assert change.time == change.behaviour == 0


def test_what_an_earlier_release_showed_under_other_weights_differs_by_configuration():
    """It let each dimension with any data keep its whole weight."""
    now = basis(daily(1, 100), NOW)
    said = now.snapshot()
    live = fsum(part.weight for part in now.scorecard.dimensions if said.dimensions[part.dimension].coverage)
    whole = {part.dimension: part.weight / live for part in now.scorecard.dimensions}
    stretched = {name: whole[name] / part.weight for name, part in said.dimensions.items() if part.weight}
    drivers = tuple(
        structs.replace(one, points=one.points * stretched[one.dimension]) for one in said.drivers
    )
    shown = structs.replace(
        said,
        score=said.scorecard.neutral + fsum(one.points for one in drivers),
        dimensions={
            name: structs.replace(part, weight=whole[name]) for name, part in said.dimensions.items()
        },
        drivers=drivers,
    )
    change = split_change(replace(now, shown=shown), now)
    assert abs(said.score - shown.score) > 1
    assert change.configuration == pytest.approx(said.score - shown.score)
    assert change.time == change.behaviour == 0


@given(histories, accounts(), accounts(), cards, cards)
def test_the_parts_add_up_whatever_was_shown(records, facts, other, card, shown_card):
    earlier = basis(records, NOW - timedelta(days=20), card)
    shown = (build_snapshot(facts, shown_card, RULES), build_snapshot(other, card, RULES))
    later = Basis(facts=facts, scorecard=card, workspace=RULES, shown=shown[1])
    change = split_change(replace(earlier, shown=shown[0]), later)
    first, last = (50.0 if one.score is None else one.score for one in shown)
    assert abs(change.time + change.behaviour + change.configuration - (last - first)) < 1e-6
    for each in change.drivers:
        parts = each.time + each.behaviour + each.configuration
        assert abs(parts - (each.points_to - each.points_from)) < 1e-9


def test_a_change_backwards_is_refused():
    with pytest.raises(InvalidRequest, match="swap `from` and `to`"):
        split_change(basis([], NOW), basis([], ago(1)))
