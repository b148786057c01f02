"""What holds of every portfolio's economics, whatever happened in it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.revenue import revenue_on, spans
from radar_health_score.domain.contracts.term_ends import term_ends
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.portfolio import economics
from radar_health_score.domain.portfolio.revenue_change import revenue_change
from radar_health_score.domain.portfolio.revenue_ledger import Ledger
from radar_health_score.domain.workspace.exchange import Rates
from tests.support.portfolios import portfolios

Accounts = list[tuple[Contract, ...]]
PLAIN = Rates()
BOTH = Rates(currency="EUR", rates={"USD": 0.5})
windows = st.tuples(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(1, 800)).map(
    lambda one: (one[0], one[0] + timedelta(days=one[1]))
)


def ledger(accounts: Accounts, window: tuple[date, date], rates: Rates = PLAIN) -> Ledger:
    found = Ledger()
    for contracts in accounts:
        found.add(revenue_change(contracts, *window, rates))
    return found


def priced(accounts: Accounts) -> Accounts:
    return [one for one in accounts if all(term.mrr is not None for term in one)]


@given(portfolios, windows)
def test_movements_lead_from_then_to_now_exactly(accounts: Accounts, window: tuple[date, date]) -> None:
    for sums in ledger(priced(accounts), window, BOTH).money.values():
        moved = sums.base + sums.expansion - sums.contraction - sums.churned + sums.new + sums.won_back
        assert moved == pytest.approx(sums.mrr, abs=1e-6)


@given(portfolios, windows)
def test_gross_retention_is_at_most_one_and_at_most_net(
    accounts: Accounts, window: tuple[date, date]
) -> None:
    for sums in ledger(accounts, window).money.values():
        gross, net = economics.gross_revenue_retention(sums), economics.net_revenue_retention(sums)
        if not isinstance(gross, Missing) and not isinstance(net, Missing):
            assert -1e-9 <= gross <= min(1, net) + 1e-9
            assert economics.revenue_churn(sums) == pytest.approx(1 - gross)


@given(portfolios, windows)
def test_the_parts_add_up_to_the_whole(accounts: Accounts, window: tuple[date, date]) -> None:
    parts, whole = [ledger([one], window) for one in accounts], ledger(accounts, window)
    for name in (
        "accounts",
        "customers",
        "customers_before",
        "lost",
        "new",
        "won_back",
        "renewed",
        "churned",
    ):
        assert sum(getattr(one, name) for one in parts) == getattr(whole, name)
    assert whole.customers_before - whole.lost + whole.new + whole.won_back == whole.customers
    for currency, sums in whole.money.items():
        mine = [one.money[currency] for one in parts if currency in one.money]
        for name in ("mrr", "base", "ended", "kept", "churned", "new"):
            assert sum(getattr(one, name) for one in mine) == pytest.approx(getattr(sums, name), abs=1e-6)


@given(portfolios, windows)
def test_the_mrr_is_that_of_a_plain_reading_of_the_contracts(
    accounts: Accounts, window: tuple[date, date]
) -> None:
    found = ledger(accounts, window, BOTH)
    paid = [revenue_on(spans(one), window[1], BOTH).mrr.get("EUR", 0.0) for one in accounts]
    assert sum(sums.mrr for sums in found.money.values()) == pytest.approx(sum(paid), abs=1e-6)


@given(portfolios, windows)
def test_renewal_rates_lie_between_none_and_all(accounts: Accounts, window: tuple[date, date]) -> None:
    found = ledger(accounts, window)
    ends = [end for one in accounts for end in term_ends(one, *window)]
    assert found.renewed + found.churned == len(ends)
    for sums in found.money.values():
        rate = economics.renewal_rate_by_value(sums)
        assert isinstance(rate, Missing) or 0 <= rate <= 1
    if all(end.closing.outcome == "churned" for end in ends):
        assert all(sums.kept == 0 for sums in found.money.values())
