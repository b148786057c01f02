"""Segments: told by hand, else by what the account pays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from radar_health_score.domain.account.facts import Closing, Contract, Profile
from radar_health_score.domain.scoring.changes import Basis, split_change
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.scoring.segments import effective_segment, steady_cuts
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.segment_cut import Cut
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Money
from tests.support.account_histories import NOW
from tests.support.reference_facts import Use, facts_from

RULES = WorkspaceSettings(key_from_arr=12_000, mid_from_arr=1_200)


def contract(mrr, *, currency="EUR", contract_id="c", **known):
    return Contract(contract_id=contract_id, mrr=Money(amount=mrr, currency=currency), **known)


def paying(mrr, **known):
    return facts_from((), NOW, contracts=(contract(mrr, **known),))


@pytest.mark.parametrize(
    ("mrr", "segment"), [(1000.0, "key"), (999.0, "mid"), (100.0, "mid"), (99.0, "long_tail")]
)
def test_the_arr_in_force_decides(mrr, segment):
    assert effective_segment(paying(mrr), RULES) == segment


def test_a_contract_that_has_ended_no_longer_counts():
    ended = paying(9000.0, closing=Closing(on=date(2026, 1, 1), outcome="churned"))
    assert effective_segment(ended, RULES) == "long_tail"


@pytest.mark.parametrize("way", ["pareto", "fixed", "explicit"])
def test_what_was_said_by_hand_wins(way):
    workspace = replace(RULES, segments=way)
    assert effective_segment(facts_from((), NOW, profile=Profile(segment="key")), workspace) == "key"


def test_where_only_what_was_said_by_hand_counts_all_others_are_the_long_tail():
    assert effective_segment(paying(9000.0), replace(RULES, segments="explicit")) == "long_tail"


def test_a_cut_of_the_portfolio_decides_and_fixed_amounts_until_there_is_one():
    pareto = replace(RULES, segments="pareto", cuts={"EUR": Cut(key=240.0, mid=120.0)})
    for mrr, segment in ((20.0, "key"), (19.0, "mid"), (10.0, "mid"), (9.0, "long_tail")):
        assert effective_segment(paying(mrr), pareto) == segment
    assert effective_segment(paying(20.0), replace(pareto, cuts={})) == "long_tail"
    assert effective_segment(paying(20.0), replace(pareto, segments="fixed")) == "long_tail"


def test_arr_is_compared_in_the_workspace_s_currency():
    assert effective_segment(paying(1000.0, currency="USD"), RULES) == "key"
    rated = replace(RULES, exchange=Rates(currency="EUR", rates={"USD": 0.5}))
    assert effective_segment(paying(1000.0, currency="USD"), rated) == "mid"


def test_of_several_currencies_without_a_rate_the_one_that_says_most_counts():
    euro, yen = (contract(1.0), contract(2_000_000.0, currency="JPY", contract_id="d"))
    both = facts_from((), NOW, contracts=(euro, yen))
    cuts = {"EUR": Cut(key=100.0, mid=50.0), "JPY": Cut(key=5e7, mid=1e7)}
    assert effective_segment(both, replace(RULES, segments="pareto", cuts=cuts)) == "mid"


def test_an_account_between_two_terms_keeps_its_segment():
    renewed = paying(1000.0, closing=Closing(on=date(2026, 1, 1), outcome="renewed"))
    assert effective_segment(renewed, RULES) == "key"


def test_cuts_are_made_currency_by_currency_and_stay_where_nobody_pays_any_more():
    current = {"USD": Cut(key=9.0, mid=5.0), "JPY": Cut(key=7.0, mid=3.0)}
    portfolio = [{"EUR": 80.0}, {"EUR": 15.0, "USD": 100.0}, {"EUR": 5.0}, {}]
    assert steady_cuts(current, portfolio) == {
        "EUR": Cut(key=80.0, mid=15.0),
        "USD": Cut(key=9.0, mid=5.0),
        "JPY": Cut(key=7.0, mid=3.0),
    }


def test_without_any_knowledge_an_account_is_long_tail():
    assert effective_segment(facts_from((), NOW), RULES) == "long_tail"


def test_a_change_of_score_that_comes_from_the_cut_alone_is_configuration():
    uses = [Use(at=NOW - timedelta(days=back), feature="report") for back in range(1, 60)]
    mrr = contract(20.0, renews_on=date(2026, 12, 1), starts_on=date(2025, 12, 1))
    facts = facts_from(uses, NOW, contracts=(mrr,))
    bases = []
    for cut in (Cut(key=240.0, mid=120.0), Cut(key=480.0, mid=250.0)):
        workspace = replace(RULES, segments="pareto", cuts={"EUR": cut})
        card = Configuration(scorecards=built_in_scorecards(), workspace=workspace).scorecard_for(facts)
        bases.append(Basis(facts=facts, scorecard=card, workspace=workspace))
    change = split_change(*bases)
    assert (change.earlier.scorecard.name, change.later.scorecard.name) == ("key", "long_tail")
    assert change.earlier.score is not None
    assert change.later.score is not None
    assert change.configuration == pytest.approx(change.later.score - change.earlier.score)
    assert change.configuration != 0
    assert (change.time, change.behaviour) == (0, 0)
