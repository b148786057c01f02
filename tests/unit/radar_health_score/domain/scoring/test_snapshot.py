"""The snapshot: exact reasons, an honest renewal, and health that time alone lowers."""

from dataclasses import replace
from datetime import date, timedelta
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.facts import Closing, Contract, Profile
from radar_health_score.domain.history.aging import seen_later
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_health_score.domain.scoring.snapshot import build_snapshot
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.health import decode_snapshot, encode_snapshot
from radar_vocabulary.contracts.scalars import Money
from tests.support.account_histories import CONTRACT, NOW, accounts, ago, histories
from tests.support.reference_facts import Use, facts_from

RULES = WorkspaceSettings()
CARDS = load_default_scorecards()
cards = st.sampled_from(list(CARDS.values()))


def daily(days, user="ann", feature="report"):
    return [Use(at=ago(day, 10), user=user, feature=feature) for day in days]


BUSY = facts_from(
    daily(range(1, 90)) + daily(range(1, 90, 2), "bob", "export") + daily(range(1, 90), "cem", "share"),
    NOW,
    roles={"ann": "decision_maker"},
    contracts=(CONTRACT,),
    profile=Profile(name="Acme", industry="retail"),
)


def later(facts, days):
    return seen_later(facts, facts.as_of + timedelta(days=days), facts.through + timedelta(days=days))


def health(facts, segment="long_tail"):
    return build_snapshot(facts, CARDS[segment], RULES)


@given(accounts(), cards)
def test_the_drivers_of_any_account_add_up_to_its_score(facts, card):
    snapshot = build_snapshot(facts, card, RULES)
    if snapshot.score is None:
        assert snapshot.drivers == ()
        return
    assert abs(snapshot.scorecard.neutral + fsum(d.points for d in snapshot.drivers) - snapshot.score) < 1e-6
    assert all(driver.text and driver.unit for driver in snapshot.drivers)


@given(accounts(), cards)
def test_a_snapshot_survives_the_topic(facts, card):
    snapshot = build_snapshot(facts, card, RULES)
    assert decode_snapshot(encode_snapshot(snapshot)) == snapshot


@given(accounts(), cards)
def test_a_snapshot_is_a_pure_function(facts, card):
    assert build_snapshot(facts, card, RULES) == build_snapshot(facts, card, RULES)


@pytest.mark.parametrize("segment", ["key", "mid", "long_tail"])
def test_a_busy_account_is_not_at_risk_and_a_silent_one_is(segment):
    assert health(BUSY, segment).band in {"healthy", "watch"}
    assert health(later(BUSY, 45), segment).band == "at_risk"


@pytest.mark.parametrize("segment", ["key", "mid", "long_tail"])
def test_thirty_silent_days_lower_the_score_of_an_active_account(segment):
    assert health(later(BUSY, 30), segment).score < health(BUSY, segment).score - 10


@given(
    histories.filter(lambda records: any(use.at > ago(56) for use in records)),
    cards,
    st.integers(min_value=30, max_value=400),
)
def test_any_account_in_use_is_worth_less_after_thirty_silent_days(records, card, days):
    active = [*records, *daily(range(1, 60, 3))]
    facts = facts_from(active, NOW, contracts=(CONTRACT,))
    assert build_snapshot(later(facts, days), card, RULES).score < build_snapshot(facts, card, RULES).score


@given(
    histories.filter(bool),
    st.dictionaries(st.sampled_from(["ann", "bob"]), st.sampled_from(["decision_maker", "manager"])),
    cards,
    st.integers(min_value=29, max_value=300),
    st.integers(min_value=1, max_value=200),
)
def test_once_the_window_is_silent_time_never_raises_the_score(records, roles, card, first, more):
    facts = facts_from(records, NOW, roles=roles, contracts=(CONTRACT,))
    before = build_snapshot(later(facts, first), card, RULES)
    after = build_snapshot(later(facts, first + more), card, RULES)
    assert after.score <= before.score + 1e-9


def test_the_renewal_is_that_of_the_nearest_open_contract():
    renewal = health(BUSY).renewal
    assert renewal.contract_id == "c1"
    assert renewal.renews_on == date(2026, 9, 1)
    assert renewal.days == 92
    assert renewal.source == "scorecard"
    assert renewal.arr == Money(amount=6000.0, currency="EUR")
    assert renewal.arr_at_risk.amount == pytest.approx(6000 * (1 - renewal.probability))


def test_a_healthier_account_is_likelier_to_renew():
    assert health(BUSY).renewal.probability > health(later(BUSY, 45)).renewal.probability


def test_with_too_little_data_no_probability_is_guessed():
    renewal = health(facts_from((), NOW, contracts=(CONTRACT,))).renewal
    assert renewal.source == "none"
    assert renewal.probability is None
    assert renewal.arr_at_risk is None
    assert renewal.arr == Money(amount=6000.0, currency="EUR")


def test_without_an_open_contract_there_is_no_renewal():
    closed = replace(CONTRACT, closing=Closing(on=date(2026, 5, 1), outcome="churned"))
    assert health(replace(BUSY, contracts=(closed,))).renewal is None
    assert health(replace(BUSY, contracts=(Contract(contract_id="c2"),))).renewal is None


def test_facts_grow_stale_without_use():
    assert not health(BUSY).freshness.stale
    assert health(BUSY).freshness.last_event_at == ago(1, 10)
    assert health(later(BUSY, 61)).freshness.stale
    assert health(facts_from((), NOW)).freshness.stale


def test_an_account_of_which_nothing_is_known_has_no_score_and_says_so():
    snapshot = health(facts_from((), NOW))
    assert snapshot.score is None
    assert snapshot.band == "unknown"
    assert snapshot.coverage == 0


def test_logins_features_and_contracts_are_enough_for_a_band():
    assert health(facts_from(daily(range(1, 60)), NOW, contracts=(CONTRACT,))).band != "unknown"


def test_the_snapshot_carries_who_the_account_is():
    account = health(BUSY).account
    assert (account.name, account.segment, account.industry) == ("Acme", "long_tail", "retail")
