"""Every open contract's renewal, what the account pays, and what of it is at risk.

The account in most tests, as of 18 November 2026, each contract with 60% to renew:

| contract | renews on | MRR | ARR | at risk |
| --- | --- | --- | --- | --- |
| suite | 31 January 2027 | 1,000 EUR | 12,000 EUR | 4,800 EUR |
| extra | 30 June 2027 | 500 EUR | 6,000 EUR | 2,400 EUR |
| far | 31 January 2029 | 100 EUR | 1,200 EUR | – (due in more than a year) |
| abroad | 1 October 2026 (overdue) | 200 USD | 2,400 USD | 960 USD |
"""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.renewals import in_own_currency, next_of, renewals_of, revenue_of
from radar_health_score.domain.contracts.terms import next_renewal
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.health import Renewal, Revenue
from radar_vocabulary.contracts.scalars import Money

TODAY = date(2026, 11, 18)


def contract(contract_id: str, renews_on: date | None, mrr: float | None, currency: str = "EUR", **more: Any) -> Contract:  # fmt: skip
    amount = None if mrr is None else Money(amount=mrr, currency=currency)
    return Contract(contract_id=contract_id, renews_on=renews_on, mrr=amount, **more)


ACCOUNT = (
    contract("suite", date(2027, 1, 31), 1000, notice_days=60, auto_renew=True, starts_on=date(2026, 1, 31)),
    contract("extra", date(2027, 6, 30), 500),
    contract("far", date(2029, 1, 31), 100),
    contract("abroad", date(2026, 10, 1), 200, "USD"),
)


def likely(contracts: tuple[Contract, ...], probability: float | None = 0.6) -> tuple[Renewal, ...]:
    return renewals_of(contracts, TODAY, lambda _: probability, "scorecard")


def test_every_open_contract_has_its_renewal_nearest_first() -> None:
    assert [one.contract_id for one in likely(ACCOUNT)] == ["abroad", "suite", "extra", "far"]
    suite = likely(ACCOUNT)[1]
    assert (suite.days, suite.notice_by, suite.auto_renew) == (74, date(2026, 12, 2), True)
    assert suite.arr == Money(amount=12_000, currency="EUR")
    assert suite.arr_at_risk is not None
    assert suite.arr_at_risk.amount == pytest.approx(4_800)


def test_agreements_under_one_id_are_due_each_on_its_day() -> None:
    suite = contract("c1", date(2027, 1, 31), 100, product="suite")
    extra = contract("c1", date(2027, 6, 30), 50, product="extra", line=1)
    found = likely((suite, extra))
    assert [(one.renews_on, one.arr and one.arr.amount) for one in found] == [
        (date(2027, 1, 31), 1_200),
        (date(2027, 6, 30), 600),
    ]
    assert next_of(found, (suite, extra), date(2027, 5, 30)) == found[1]


def test_agreements_under_one_id_that_are_due_on_one_day_are_one_renewal() -> None:
    suite = contract("c1", date(2027, 1, 31), 100, product="suite", starts_on=date(2026, 1, 31))
    extra = contract("c1", date(2027, 1, 31), 50, product="extra", starts_on=date(2026, 6, 1), line=1)
    (one,) = likely((suite, extra))
    assert (one.arr and one.arr.amount, one.starts_on) == (1_800, date(2026, 1, 31))
    assert one.arr_at_risk is not None
    assert one.arr_at_risk.amount == pytest.approx(720)


def test_a_term_that_has_ended_is_no_renewal_any_more() -> None:
    ended = contract("c1", date(2026, 12, 1), 10, closing=Closing(on=date(2026, 12, 1), outcome="renewed"))
    assert likely((ended, contract("c2", None, 10))) == ()


def test_without_a_probability_there_is_nothing_at_risk_and_no_source() -> None:
    (one,) = likely((ACCOUNT[0],), None)
    assert (one.source, one.probability, one.arr_at_risk) == ("none", None, None)
    assert revenue_of(ACCOUNT, likely(ACCOUNT, None), TODAY) == (
        Revenue(currency="EUR", arr=19_200, arr_at_risk=None),
        Revenue(currency="USD", arr=2_400, arr_at_risk=None),
    )


def test_each_contract_may_have_its_own_probability() -> None:
    chances = {"suite": 0.9, "extra": None}
    found = renewals_of(ACCOUNT[:2], TODAY, lambda one: chances[one.contract_id], "model")
    assert [(one.probability, one.source) for one in found] == [(0.9, "model"), (None, "none")]


def test_arr_is_of_all_contracts_and_at_risk_is_what_comes_due_within_a_year() -> None:
    euros, dollars = revenue_of(ACCOUNT, likely(ACCOUNT), TODAY)
    assert (euros.currency, euros.arr, euros.arr_at_risk) == ("EUR", 19_200, pytest.approx(7_200))
    assert (dollars.currency, dollars.arr, dollars.arr_at_risk) == ("USD", 2_400, pytest.approx(960))


def test_what_was_forgotten_for_long_is_not_at_risk() -> None:
    forgotten = (contract("c1", TODAY - timedelta(days=91), 10),)
    assert revenue_of(forgotten, likely(forgotten), TODAY)[0].arr_at_risk is None


def test_a_rate_makes_one_currency_of_two() -> None:
    revenue = revenue_of(ACCOUNT, likely(ACCOUNT), TODAY)
    (own,) = in_own_currency(revenue, Rates(currency="EUR", rates={"USD": 0.5}))
    assert (own.arr, own.arr_at_risk) == (20_400, pytest.approx(7_680))
    assert in_own_currency(revenue, Rates()) == revenue


@given(st.lists(st.integers(-200, 800), max_size=6))
def test_the_next_one_is_that_of_the_contract_that_renews_next(days: list[int]) -> None:
    contracts = tuple(contract(f"c{at}", TODAY + timedelta(days=ahead), 1) for at, ahead in enumerate(days))
    nearest = next_renewal(contracts, TODAY)
    found = next_of(likely(contracts), contracts, TODAY)
    assert (found and found.contract_id) == (nearest and nearest.contract_id)
