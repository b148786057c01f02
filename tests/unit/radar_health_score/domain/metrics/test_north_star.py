"""What an account is measured by: told of itself, or set for its products."""

from datetime import date

import pytest

from radar_health_score.domain.account.facts import AccountFacts, Closing, Contract, Profile
from radar_health_score.domain.metrics.north_star import business_model_of, north_star_features, target_of
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Money
from tests.support.account_histories import NOW
from tests.support.reference_facts import facts_from

RULES = WorkspaceSettings(
    north_star={"crm": "deal", "shop": ("order", "refund"), "default": "use"},
    north_star_targets={"crm": 40.0, "default": 10.0},
    business_models={"crm": "tool", "shop": "platform", "kit": "tool"},
)


def account(*products: str | None, **profile) -> AccountFacts:
    mrr = Money(amount=1.0, currency="EUR")
    terms = tuple(Contract(contract_id=f"c{at}", product=one, mrr=mrr) for at, one in enumerate(products))
    return facts_from((), NOW, contracts=terms, profile=Profile(**profile))


@pytest.mark.parametrize(
    ("products", "features"),
    [
        (("crm",), {"deal"}),
        (("shop",), {"order", "refund"}),
        (("crm", "shop"), {"deal", "order", "refund"}),
        (("other",), {"use"}),
        ((None,), {"use"}),
        (("crm", "other"), {"deal", "use"}),
        ((), {"deal", "order", "refund", "use"}),
    ],
)
def test_the_north_star_is_that_of_the_products_in_force(products, features):
    assert north_star_features(account(*products), RULES) == features


def test_a_product_that_nothing_is_set_for_has_no_north_star():
    only_crm = WorkspaceSettings(north_star={"crm": "deal"})
    assert north_star_features(account("shop"), only_crm) == frozenset()
    assert north_star_features(account("shop", "crm"), only_crm) == {"deal"}


def test_a_product_given_up_counts_no_more():
    ended = Contract(contract_id="c9", product="crm", closing=Closing(on=date(2026, 1, 1), outcome="churned"))
    facts = facts_from((), NOW, contracts=(ended, Contract(contract_id="c1", product="shop")))
    assert north_star_features(facts, RULES) == {"order", "refund"}


@pytest.mark.parametrize(
    ("products", "own", "target"),
    [
        (("crm",), None, 40.0),
        (("shop",), None, 10.0),
        (("crm", "shop"), None, 50.0),
        ((), None, 10.0),
        (("crm",), 7.0, 7.0),
        (("crm",), 0.0, 0.0),
    ],
)
def test_the_account_s_own_target_goes_before_that_of_its_products(products, own, target):
    assert target_of(account(*products, north_star_target=own), RULES) == target


def test_without_any_setting_there_is_no_target():
    assert target_of(account("crm"), WorkspaceSettings()) is None


def test_the_kind_of_business_is_the_account_s_or_that_on_which_its_products_agree():
    assert business_model_of(account("crm", business_model="service"), RULES) == "service"
    assert business_model_of(account("crm", "kit"), RULES) == "tool"
    assert business_model_of(account("crm", "shop"), RULES) is None
    assert business_model_of(account("other"), RULES) is None
    assert (
        business_model_of(account(), WorkspaceSettings(business_models={"default": "hardware"})) == "hardware"
    )
