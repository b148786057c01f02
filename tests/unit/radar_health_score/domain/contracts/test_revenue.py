"""What an account pays on a day, and what became of it over a window."""

from datetime import date
from typing import Any

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.revenue import revenue_on, spans
from radar_health_score.domain.portfolio.revenue_change import revenue_change
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.scalars import Money

FIRST, LAST = date(2025, 11, 18), date(2026, 11, 18)
SPRING = date(2026, 4, 1)
PLAIN = Rates()


def eur(amount: float) -> Money:
    return Money(amount=amount, currency="EUR")


def term(contract_id: str = "c1", *, mrr: float | None = 100, starts_on: date | None = date(2025, 4, 1), **more: Any) -> Contract:  # fmt: skip
    return Contract(
        contract_id=contract_id, starts_on=starts_on, mrr=None if mrr is None else eur(mrr), **more
    )


def closed(outcome: Any, on: date = SPRING, new_mrr: float | None = None) -> Closing:
    return Closing(on=on, outcome=outcome, new_mrr=None if new_mrr is None else eur(new_mrr))


def mrr_of(day: date, *contracts: Contract) -> float:
    return revenue_on(spans(contracts), day, PLAIN).mrr.get("EUR", 0.0)


def test_contracts_in_force_add_up() -> None:
    assert mrr_of(LAST, term(), term("c2", mrr=30), term("c3", starts_on=date(2026, 12, 1))) == 130


def test_a_term_begins_with_its_first_day_and_has_ended_on_the_day_of_its_closing() -> None:
    left = term(closing=closed("churned"))
    assert [mrr_of(day, left) for day in (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), SPRING)] == [
        0, 100, 100, 0,
    ]  # fmt: skip


def test_an_amount_agreed_in_the_middle_of_a_term_holds_from_its_day_on() -> None:
    grown = term(mrr=150, earlier_mrr=((SPRING, eur(100)),))
    assert [mrr_of(day, grown) for day in (date(2026, 3, 31), SPRING)] == [100, 150]


def test_a_renewal_whose_next_term_begins_days_later_leaves_no_hole() -> None:
    terms = (term(closing=closed("renewed")), term(starts_on=date(2026, 4, 3), mrr=120))
    assert [mrr_of(date(2026, 4, day), *terms) for day in (1, 2, 3)] == [100, 100, 120]


def test_a_renewal_nobody_followed_up_goes_on_for_what_it_agreed() -> None:
    assert mrr_of(LAST, term(closing=closed("expanded", new_mrr=140))) == 140
    assert mrr_of(LAST, term(closing=closed("renewed"))) == 100


def test_another_contract_near_a_renewal_comes_on_top_of_it() -> None:
    terms = (term(closing=closed("renewed")), term("c2", starts_on=date(2026, 4, 2), mrr=120))
    assert [mrr_of(day, *terms) for day in (SPRING, date(2026, 4, 2), LAST)] == [100, 220, 220]


def test_an_overdue_term_stays_in_force_and_is_counted_as_overdue() -> None:
    change = revenue_change((term(renews_on=SPRING),), FIRST, LAST, PLAIN)
    assert (change.now.mrr, change.overdue, change.renewed, change.churned) == ({"EUR": 100}, 1, 0, 0)


def test_terms_that_end_in_the_window_count_those_before_it_do_not() -> None:
    terms = (
        term(starts_on=date(2024, 4, 1), closing=closed("renewed", FIRST)),
        term(starts_on=FIRST, closing=closed("contracted")),
        term(starts_on=SPRING, closing=closed("churned", LAST)),
    )
    change = revenue_change(terms, FIRST, LAST, PLAIN)
    assert (change.renewed, change.churned, change.now.customer) == (1, 1, False)


def test_what_has_a_rate_is_one_currency_and_what_has_none_stays_apart() -> None:
    contracts = (
        term(),
        Contract(contract_id="c2", mrr=Money(amount=50, currency="USD")),
        Contract(contract_id="c3", mrr=Money(amount=9, currency="SEK")),
    )
    rates = Rates(currency="EUR", rates={"USD": 0.92})
    assert revenue_on(spans(contracts), LAST, rates).mrr == {"EUR": 146, "SEK": 9}
    assert revenue_on(spans(contracts), LAST, PLAIN).mrr == {"EUR": 100, "USD": 50, "SEK": 9}


def test_accounts_that_cannot_be_compared_say_why() -> None:
    unpriced = revenue_change((term(mrr=None),), FIRST, LAST, PLAIN)
    dollars = Contract(contract_id="c1", starts_on=SPRING, mrr=Money(amount=110, currency="USD"))
    moved = (term(closing=closed("renewed")), dollars)
    assert unpriced.differs == "unpriced"
    assert revenue_change(moved, FIRST, LAST, PLAIN).differs == "switched"
    assert not revenue_change(moved, FIRST, LAST, Rates(currency="EUR", rates={"USD": 0.9})).differs


def test_who_left_before_the_window_and_pays_again_has_come_back() -> None:
    terms = (
        term(starts_on=date(2024, 1, 1), closing=closed("churned", date(2025, 1, 1))),
        term(starts_on=SPRING),
    )
    assert revenue_change(terms, FIRST, LAST, PLAIN).left_before
    assert not revenue_change((term(starts_on=SPRING),), FIRST, LAST, PLAIN).left_before
