"""A portfolio of eight accounts, worked out by hand.

| account | MRR then | MRR now | what happened |
| --- | --- | --- | --- |
| steady | 100 EUR | 100 EUR | renewed |
| growing | 200 EUR | 300 EUR | expanded at its renewal |
| shrinking | 100 EUR | 60 EUR | contracted at its renewal |
| leaving | 100 EUR | – | churned |
| newcomer | – | 80 EUR | new |
| returning | – | 50 EUR | had left before, came back |
| overdue | 100 EUR | 100 EUR | nobody has said how the term ended |
| abroad | 400 USD | 400 USD | renewed |
"""

from datetime import date

import pytest

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.portfolio import economics
from radar_health_score.domain.portfolio.revenue_change import revenue_change
from radar_health_score.domain.portfolio.revenue_ledger import Ledger
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.scalars import Money

FIRST, LAST = date(2025, 11, 18), date(2026, 11, 18)
BEGAN, ENDED = date(2025, 4, 1), date(2026, 4, 1)


def term(amount: float, currency: str = "EUR", *, starts_on: date = BEGAN, ended: str = "", on: date = ENDED) -> Contract:  # fmt: skip
    return Contract(
        contract_id="c1", starts_on=starts_on, renews_on=on, mrr=Money(amount=amount, currency=currency),
        closing=Closing(on=on, outcome=ended) if ended else None,  # type: ignore[arg-type]
    )  # fmt: skip


def following(amount: float, currency: str = "EUR") -> Contract:
    return term(amount, currency, starts_on=ENDED, on=date(2027, 4, 1))


PORTFOLIO = {
    "steady": (term(100, ended="renewed"), following(100)),
    "growing": (term(200, ended="expanded"), following(300)),
    "shrinking": (term(100, ended="contracted"), following(60)),
    "leaving": (term(100, ended="churned"),),
    "newcomer": (following(80),),
    "returning": (term(40, starts_on=date(2023, 1, 1), ended="churned", on=date(2024, 1, 1)), following(50)),
    "overdue": (term(100),),
    "abroad": (term(400, "USD", ended="renewed"), following(400, "USD")),
    "prospect": (),
}


def ledger_of(*names: str, rates: Rates | None = None) -> Ledger:
    ledger = Ledger()
    for name in names or PORTFOLIO:
        ledger.add(revenue_change(PORTFOLIO[name], FIRST, LAST, rates or Rates()))
    return ledger


def test_revenue_now_is_what_is_in_force_by_currency() -> None:
    money = ledger_of().money
    assert {currency: sums.mrr for currency, sums in money.items()} == {"EUR": 690, "USD": 400}
    assert economics.arr(money["EUR"]) == 8280
    assert economics.arpa(money["EUR"]) == pytest.approx(115)


def test_movements_lead_from_then_to_now() -> None:
    sums = ledger_of().money["EUR"]
    moved = [sums.base, sums.expansion, sums.contraction, sums.churned, sums.new, sums.won_back]
    assert moved == [600, 100, 40, 100, 80, 50]
    assert sums.base + sums.expansion - sums.contraction - sums.churned + sums.new + sums.won_back == sums.mrr


def test_retention_is_of_those_who_paid_at_the_beginning() -> None:
    sums = ledger_of().money["EUR"]
    assert economics.gross_revenue_retention(sums) == pytest.approx(460 / 600)
    assert economics.net_revenue_retention(sums) == pytest.approx(560 / 600)
    assert economics.revenue_churn(sums) == pytest.approx(140 / 600)
    assert economics.mrr_growth(sums) == pytest.approx(90 / 600)


def test_logos_and_renewals() -> None:
    ledger = ledger_of()
    assert (ledger.accounts, ledger.customers_before, ledger.customers) == (9, 6, 7)
    assert (ledger.lost, ledger.new, ledger.won_back) == (1, 1, 1)
    assert economics.logo_churn(ledger) == pytest.approx(1 / 6)
    assert (ledger.renewed, ledger.churned, ledger.overdue) == (4, 1, 1)
    assert economics.renewal_rate(ledger) == pytest.approx(4 / 5)


def test_renewal_rate_by_value_is_of_what_came_up_and_growth_adds_nothing() -> None:
    # 500 EUR came up: steady 100 and growing 200 stay whole, of shrinking's 100 there are 60 left, leaving's 100 are gone.
    sums = ledger_of().money["EUR"]
    assert (sums.ended, sums.kept) == (500, 360)
    assert economics.renewal_rate_by_value(sums) == pytest.approx(0.72)
    assert (
        economics.renewal_rate_by_value(ledger_of("overdue").money["EUR"]) == economics.NO_PRICED_TERM_ENDED
    )


def test_lifetime_value_is_arpa_times_lifetime() -> None:
    ledger = ledger_of()
    assert economics.lifetime_months(ledger, 12) == pytest.approx(72)
    ltv = economics.lifetime_value(ledger.money["EUR"], ledger, 12)
    assert ltv == pytest.approx(115 * 72)
    assert economics.ltv_to_cac(ltv, 2760) == pytest.approx(3)
    assert economics.ltv_to_cac(ltv, None) == economics.NO_CAC


def test_with_a_rate_two_currencies_are_one_portfolio() -> None:
    money = ledger_of(rates=Rates(currency="EUR", rates={"USD": 0.92})).money
    assert money.keys() == {"EUR"}
    assert money["EUR"].mrr == pytest.approx(690 + 368)
    assert economics.net_revenue_retention(money["EUR"]) == pytest.approx((560 + 368) / (600 + 368))


def test_what_cannot_be_told_is_missing_with_a_reason() -> None:
    newcomers, steady = ledger_of("newcomer"), ledger_of("steady")
    assert economics.gross_revenue_retention(newcomers.money["EUR"]) == economics.NO_BASE
    assert economics.logo_churn(newcomers) == economics.NO_CUSTOMERS
    assert economics.renewal_rate(newcomers) == economics.NO_TERM_ENDED
    assert economics.lifetime_value(steady.money["EUR"], steady, 12) == economics.NOBODY_LEFT
    gone = ledger_of("leaving")
    assert economics.arpa(gone.money["EUR"]) == economics.NOBODY_PAYS
    assert isinstance(economics.lifetime_value(gone.money["EUR"], gone, 12), Missing)
    assert ledger_of("prospect").money == {}
