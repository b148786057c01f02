"""Segments: told by hand, else by what the account pays."""

from datetime import date

import pytest

from radar_chassis.contracts.scalars import Money
from radar_health_score.domain.facts import Closing, Contract, Profile
from radar_health_score.domain.rules import WorkspaceRules
from radar_health_score.domain.segments import effective_segment
from tests.support.account_histories import NOW
from tests.support.reference_facts import facts_from

RULES = WorkspaceRules(key_from_arr=12_000, mid_from_arr=1_200)


def paying(mrr, **known):
    contract = Contract(contract_id="c", mrr=Money(amount=mrr, currency="EUR"), **known)
    return facts_from((), NOW, contracts=(contract,))


@pytest.mark.parametrize(
    ("mrr", "segment"), [(1000.0, "key"), (999.0, "mid"), (100.0, "mid"), (99.0, "long_tail")]
)
def test_the_arr_in_force_decides(mrr, segment):
    assert effective_segment(paying(mrr), RULES) == segment


def test_a_contract_that_has_ended_no_longer_counts():
    ended = paying(9000.0, closing=Closing(on=date(2026, 1, 1), outcome="churned"))
    assert effective_segment(ended, RULES) == "long_tail"


def test_what_was_said_by_hand_wins():
    assert effective_segment(facts_from((), NOW, profile=Profile(segment="key")), RULES) == "key"


def test_without_any_knowledge_an_account_is_long_tail():
    assert effective_segment(facts_from((), NOW), RULES) == "long_tail"
