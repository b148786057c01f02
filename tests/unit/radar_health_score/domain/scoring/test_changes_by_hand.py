"""What people set by hand, a change of scorecard by stage, and stale facts: the parts of a change still add up."""

from dataclasses import replace
from datetime import timedelta
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.domain.scoring.changes import Basis, split_change
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_health_score.domain.scoring.scorecard_set import Scorecards
from radar_health_score.domain.scoring.traits import AppliesTo
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from tests.support.account_histories import CONTRACT, NOW, accounts, ago, histories
from tests.support.reference_facts import Use, facts_from

CARDS = load_default_scorecards()
RULES = WorkspaceSettings()
DOUBTING = replace(
    CARDS["key"],
    name="trials",
    version="trials",
    neutral=40.0,
    when_stale="unknown",
    applies_to=AppliesTo(stage=frozenset({"trial", "renew", "win_back", "activate"})),
)
BY_STAGE = Configuration(scorecards=Scorecards.of([DOUBTING], CARDS.values()), workspace=RULES)
BUILT_IN = Configuration(scorecards=Scorecards.of(CARDS.values()), workspace=RULES)
LOST = replace(CONTRACT, closing=Closing(on=(NOW - timedelta(days=5)).date(), outcome="churned"))

moments = st.integers(min_value=-10, max_value=60).map(ago)
acts = st.builds(
    OverrideAct,
    number=st.integers(min_value=1, max_value=9),
    known_at=moments,
    valid_from=moments,
    expires_at=st.one_of(st.none(), moments),
    band=st.sampled_from([None, "healthy", "watch", "at_risk", "unknown"]),
    score=st.one_of(st.none(), st.floats(min_value=0, max_value=100)),
    author=st.just("Kim"),
    reason=st.just("we spoke"),
)
by_hand = st.lists(acts, max_size=4, unique_by=lambda act: act.number)


def basis(facts, overrides=(), configuration=BY_STAGE):
    known = tuple(act for act in overrides if act.known_at <= facts.as_of)
    facts = replace(facts, overrides=known)
    return Basis(facts=facts, scorecard=configuration.scorecard_for(facts), workspace=configuration.workspace)


def then(records, days, *contracts, overrides=(), configuration=BY_STAGE):
    as_of = NOW - timedelta(days=days)
    facts = facts_from([use for use in records if use.at < as_of], as_of, contracts=contracts)
    return basis(facts, overrides, configuration)


def adds_up(change):
    ends = (change.earlier, change.later)
    first, last = (end.scorecard.neutral if end.score is None else end.score for end in ends)
    assert change.time + change.behaviour + change.configuration == pytest.approx(last - first, abs=1e-6)
    for each in change.drivers:
        parts = each.time + each.behaviour + each.configuration
        assert parts == pytest.approx(each.points_to - each.points_from, abs=1e-9)
    for end, points in ((change.earlier, "points_from"), (change.later, "points_to")):
        drivers = fsum(getattr(each, points) for each in change.drivers)
        set_by_hand = getattr(change.override, points) if change.override else 0.0
        shown = end.scorecard.neutral if end.score is None else end.score
        assert end.scorecard.neutral + drivers + set_by_hand == pytest.approx(shown, abs=1e-6)


@given(
    histories,
    accounts(),
    by_hand,
    st.integers(min_value=0, max_value=90),
    st.sampled_from(["", CONTRACT, LOST]),
)
def test_the_parts_add_up_whatever_is_set_by_hand_and_whichever_stage_it_is_in(
    records, facts, overrides, days, contract
):
    contracts = (contract,) if contract else ()
    adds_up(split_change(then(records, days, *contracts, overrides=overrides), basis(facts, overrides)))


@given(histories, accounts(), accounts(), by_hand)
def test_the_parts_add_up_whatever_was_shown(records, facts, other, overrides):
    earlier = then(records, 20, CONTRACT, overrides=overrides)
    shown = (basis(facts, overrides).snapshot(), basis(other, overrides, BUILT_IN).snapshot())
    later = replace(basis(facts, overrides), shown=shown[1])
    adds_up(split_change(replace(earlier, shown=shown[0]), later))


def act(**said):
    usual = {
        "number": 1,
        "known_at": ago(10),
        "valid_from": ago(10),
        "expires_at": ago(-20),
        "band": None,
        "score": None,
        "author": "Kim",
        "reason": "we spoke",
    }
    return OverrideAct(**{**usual, **said})


DAILY = [Use(at=ago(day, 10), feature="report") for day in range(1, 100)]


def test_a_score_set_by_hand_is_configuration_and_is_named():
    overrides = (act(score=20.0),)
    change = split_change(then(DAILY, 10.5, overrides=overrides), then(DAILY, 0, overrides=overrides))
    said = change.later.override.scorecard_score
    drivers = fsum(each.configuration for each in change.drivers)
    assert change.configuration == pytest.approx(20.0 - said + drivers)
    assert (change.override.points_from, change.override.points_to) == (0, pytest.approx(20.0 - said))
    assert change.override.text.startswith("Kim set the score to 20 (at risk) until ")
    assert change.override.text.endswith(": we spoke; before: no manual override")


def test_an_override_that_has_run_out_gives_the_points_back():
    overrides = (act(score=20.0, expires_at=ago(5)),)
    change = split_change(then(DAILY, 8, overrides=overrides), then(DAILY, 0, overrides=overrides))
    assert change.override.points_to == 0
    assert change.configuration == pytest.approx(-change.override.points_from)
    assert change.override.text.endswith("; now: no manual override")


def test_a_band_set_by_hand_moves_no_points():
    overrides = (act(band="at_risk"),)
    change = split_change(then(DAILY, 11, overrides=overrides), then(DAILY, 0, overrides=overrides))
    assert (change.later.band, change.override.points_to, change.configuration) == ("at_risk", 0, 0)


def test_a_scorecard_that_speaks_since_the_stage_changed_is_configuration():
    term = Contract(contract_id="c1", starts_on=ago(300).date(), renews_on=ago(-65).date())
    change = split_change(then(DAILY, 60, term), then(DAILY, 0, term))
    assert (change.earlier.scorecard.name, change.later.scorecard.name) == ("long_tail", "trials")
    assert change.configuration != 0
    adds_up(change)


def test_facts_gone_stale_take_the_band_and_no_points():
    records = [Use(at=ago(day, 10), feature="report") for day in range(40, 100)]
    early, late = then(records, 38), then(records, 0)
    change = split_change(early, late)
    assert change.later.freshness.stale
    assert (change.later.scorecard.name, change.later.band) == ("trials", "unknown")
    assert change.later.score is not None
    adds_up(change)
