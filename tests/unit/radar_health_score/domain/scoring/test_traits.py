"""What tells accounts apart when a scorecard is chosen."""

from radar_health_score.domain.account.facts import Contract, Profile
from radar_health_score.domain.scoring.traits import AppliesTo, Traits, every_traits, traits_of
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Money
from tests.support.account_histories import NOW, ago
from tests.support.reference_facts import Use, facts_from

RULES = WorkspaceSettings()


def test_an_account_is_told_by_segment_stage_and_kind_of_business():
    trial = Contract(contract_id="c1", starts_on=ago(20).date(), renews_on=ago(-20).date())
    facts = facts_from([Use(at=ago(3, 10))], NOW, contracts=(trial,), profile=Profile(segment="mid"))
    assert traits_of(facts, RULES) == Traits("mid", "trial", None)
    assert Traits("mid", "trial", None).text() == "segment mid, stage trial, business_model not told"


def test_a_customer_who_pays_much_is_key_without_anybody_saying_so():
    mrr = Money(amount=90_000.0, currency="EUR")
    term = Contract(contract_id="c1", starts_on=ago(200).date(), renews_on=ago(-165).date(), mrr=mrr)
    facts = facts_from([Use(at=ago(3, 10))], NOW, contracts=(term,), profile=Profile(business_model="tool"))
    assert traits_of(facts, WorkspaceSettings(segments="fixed")) == Traits("key", "pay", "tool")


def test_every_condition_must_be_met_and_what_is_not_told_meets_none():
    applies_to = AppliesTo(stage=frozenset({"trial"}), business_model=frozenset({"tool", "service"}))
    assert applies_to.matches(Traits("key", "trial", "tool"))
    assert not applies_to.matches(Traits("key", "serve", "tool"))
    assert not applies_to.matches(Traits("key", "trial", None))
    assert applies_to.text() == "stage trial, business_model service or tool"
    assert AppliesTo().text() == "everybody else"
    assert sum(applies_to.matches(one) for one in every_traits()) == 6
