"""AARRR on our facts: what makes an account reach each step, and how accounts add up to a funnel."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.scoring.funnel import STEPS, count_steps, steps_of
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Money
from tests.support.account_histories import CONTRACT, NOW, ago
from tests.support.reference_facts import Use, facts_from

RULES = WorkspaceSettings(key_features=frozenset({"report"}))
TRIAL = Contract(contract_id="t", renews_on=date(2026, 9, 1), mrr=Money(amount=0.0, currency="EUR"))


def steps(uses=(), **known):
    facts = facts_from(uses, NOW, key_features=RULES.key_features, **known)
    return set(steps_of(facts, RULES)) - {"acquisition"}


def test_an_account_that_is_known_is_acquired():
    assert steps_of(facts_from((), NOW), RULES) == ("acquisition",)


def test_first_use_of_a_key_feature_activates():
    assert steps([Use(at=ago(3), feature="menu")]) == set()
    assert steps([Use(at=ago(3), feature="report")]) == {"activation"}


@pytest.mark.parametrize(
    ("days", "kept"),
    [((29, 28), True), ((29,), False), ((28, 1), False), ((80, 40), False), ((200, 1), True)],
)
def test_who_began_before_the_window_and_was_there_in_it_is_retained(days, kept):
    assert ("retention" in steps([Use(at=ago(back)) for back in days])) == kept


def test_only_a_milestone_tells_of_a_referral():
    assert steps(milestones=("referred",)) == {"referral"}
    assert steps(milestones=("trained",)) == set()


def test_a_customer_that_pays_is_revenue_and_a_trial_or_one_that_left_is_not():
    assert steps(contracts=(CONTRACT,)) == {"revenue"}
    assert steps(contracts=(TRIAL,)) == set()
    left = Contract(contract_id="c", closing=Closing(on=date(2026, 5, 1), outcome="churned"))
    assert steps(contracts=(left,)) == set()


@given(st.lists(st.tuples(st.frozensets(st.sampled_from(STEPS)), st.integers(0, 50)), max_size=12))
def test_a_funnel_counts_every_account_that_reached_a_step(groups):
    counted = {one.step: one for one in count_steps(groups)}
    assert list(counted) == list(STEPS)
    everybody = [reached for reached, accounts in groups for _ in range(accounts)]
    for step, one in counted.items():
        assert one.accounts == sum(1 for reached in everybody if step in reached)
        assert one.going_on <= min(one.accounts, one.before)
    assert counted["revenue"].going_on == sum(1 for one in everybody if {"retention", "revenue"} <= one)
