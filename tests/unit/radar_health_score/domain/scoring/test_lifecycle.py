"""Stages of an account's lifecycle: what puts it into each, in the order of its kind of business."""

from datetime import date, timedelta

import pytest

from radar_health_score.domain.account.facts import AccountFacts, Closing, Contract, Profile
from radar_health_score.domain.scoring.lifecycle import ORDERS, is_trial, renewal_window, stage_of
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Money
from tests.support.account_histories import NOW, ago
from tests.support.reference_facts import Use, facts_from

KEY = frozenset({"report"})
RULES = WorkspaceSettings(key_features=KEY)
TODAY = NOW.date()
FIRST_USE = [Use(at=ago(10), feature="menu")]
KEY_USE = [Use(at=ago(10), feature="report")]


def term(ends_in: int = 200, *, lasts: int | None = 365, mrr: float | None = 100.0, **known) -> Contract:
    ends = TODAY + timedelta(days=ends_in)
    return Contract(
        contract_id=known.pop("contract_id", "c1"),
        renews_on=ends,
        starts_on=None if lasts is None else ends - timedelta(days=lasts),
        mrr=None if mrr is None else Money(amount=mrr, currency="EUR"),
        **known,
    )


def closed(outcome, days_ago: int = 5, **known) -> Contract:
    return term(-days_ago, closing=Closing(on=TODAY - timedelta(days=days_ago), outcome=outcome), **known)


TRIAL = term(20, lasts=30, mrr=None)


def account(uses=(), *contracts: Contract, model=None, **known) -> AccountFacts:
    return facts_from(
        uses, NOW, key_features=KEY, contracts=contracts, profile=Profile(business_model=model), **known
    )


def stage(uses=(), *contracts: Contract, model=None, workspace=RULES, **known):
    return stage_of(account(uses, *contracts, model=model, **known), workspace)


@pytest.mark.parametrize(
    ("uses", "contracts", "stages"),
    [
        # tool, platform / hardware, service / unknown
        ((), (), ("acquire", "acquire", "acquire")),
        (FIRST_USE, (), ("activate", "acquire", "activate")),
        (KEY_USE, (), ("serve", "acquire", "activate")),
        ((), (TRIAL,), ("trial", "trial", "trial")),
        (FIRST_USE, (TRIAL,), ("trial", "trial", "trial")),
        (KEY_USE, (TRIAL,), ("serve", "trial", "trial")),
        ((), (term(),), ("pay", "pay", "pay")),
        (FIRST_USE, (term(),), ("pay", "activate", "pay")),
        (KEY_USE, (term(),), ("pay", "serve", "serve")),
        (KEY_USE, (term(30),), ("renew", "renew", "renew")),
        (KEY_USE, (closed("churned"),), ("win_back", "win_back", "win_back")),
    ],
)
def test_each_kind_of_business_has_its_own_order(uses, contracts, stages):
    served_first, paid_first, usual = stages
    for model in ("tool", "platform"):
        assert stage(uses, *contracts, model=model) == served_first
    for model in ("hardware", "service"):
        assert stage(uses, *contracts, model=model) == paid_first
    assert stage(uses, *contracts) == usual


def test_every_order_has_every_stage_once_and_a_tool_is_served_before_it_is_paid():
    for order in ORDERS.values():
        assert sorted(order) == sorted({"acquire", "activate", "trial", "pay", "serve", "renew"})
        assert (order[0], order[-1]) == ("acquire", "renew")
    assert ORDERS["tool"].index("serve") < ORDERS["tool"].index("pay")
    assert ORDERS["hardware"].index("pay") < ORDERS["hardware"].index("serve")


def test_who_went_on_pays_before_the_next_term_is_known():
    assert stage((), closed("renewed"), model="tool") == "pay"
    assert stage((), closed("renewed")) == "serve"


def test_an_overdue_renewal_is_still_one_to_win():
    assert stage(KEY_USE, term(-20)) == "renew"


def test_a_customer_who_was_won_back_begins_again():
    assert stage(KEY_USE, closed("churned", 90), term(300, contract_id="c2")) == "serve"


def test_a_tool_served_for_nothing_and_silent_for_a_quarter_is_served_no_more():
    old = [Use(at=ago(120), feature="report")]
    assert stage(old, model="tool") == "activate"
    assert stage(old, term(), model="service") == "serve"


def test_a_milestone_says_that_a_customer_has_what_it_came_for():
    assert stage(FIRST_USE, term(), milestones=("live",)) == "serve"
    assert stage(FIRST_USE, term(), milestones=("trained",)) == "pay"


def test_logins_alone_are_value_only_where_nothing_better_is_told():
    logins = [Use(at=ago(3))]
    assert stage(logins, term()) == "pay"
    assert stage(logins, term(), workspace=WorkspaceSettings()) == "serve"


def test_use_of_a_key_feature_that_names_no_user_counts():
    assert stage([Use(at=ago(10), feature="report", user=None)], term()) == "serve"
    assert stage([Use(at=ago(10), feature="menu", user=None)], term()) == "pay"


@pytest.mark.parametrize(
    ("one", "others", "trial"),
    [
        (term(mrr=0.0), (), True),
        (term(20, lasts=92, mrr=None), (), True),
        (term(20, lasts=93, mrr=None), (), False),
        (term(20, lasts=None, mrr=None), (), False),
        (term(20, lasts=30), (), False),
        (TRIAL, (closed("renewed", mrr=None),), False),
        (TRIAL, (closed("churned"),), False),
        (TRIAL, (closed("churned", mrr=None),), True),
    ],
)
def test_a_trial_costs_nothing_or_is_a_short_first_term_without_a_price(one, others, trial):
    assert is_trial(one, (*others, one)) is trial


def test_a_trial_beside_a_paid_term_is_no_trial_of_the_account():
    assert stage((), TRIAL, term(contract_id="c2")) == "pay"


@pytest.mark.parametrize(
    ("lasts", "notice", "days"),
    [(365, None, 90), (365, 60, 120), (365, 90, 121), (90, None, 30), (60, 30, 30), (None, 90, 150)],
)
def test_a_term_is_in_renewal_well_before_notice_must_be_given(lasts, notice, days):
    one = term(lasts=lasts, notice_days=notice)
    assert renewal_window(one) == days
    assert stage((), term(days, lasts=lasts, notice_days=notice)) == "renew"
    assert stage((), term(days + 1, lasts=lasts, notice_days=notice)) == "pay"


def test_the_day_of_the_moment_counts_not_that_of_a_server():
    late = Contract(contract_id="c1", renews_on=date(2026, 8, 30), mrr=Money(amount=1.0, currency="EUR"))
    assert stage((), late) == "renew"
    assert (
        stage((), late, workspace=WorkspaceSettings(key_features=KEY, time_zone="America/New_York")) == "pay"
    )
