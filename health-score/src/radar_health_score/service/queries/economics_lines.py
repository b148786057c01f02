"""Puts a group's sums into the answer's form: values, and reasons where there is none."""

from collections.abc import Mapping

from radar_health_score.domain.metrics.reading import Missing, Reading, Readings, known
from radar_health_score.domain.portfolio import economics
from radar_health_score.domain.portfolio.revenue_ledger import Ledger, MoneySums
from radar_vocabulary.answers.portfolio import (
    ExcludedAccounts,
    GroupEconomics,
    MoneyEconomics,
    Movement,
    Renewed,
)

NO_MRR = Missing("no contract states an MRR")


def group_line(group: str | None, ledger: Ledger, months: int, cac: Mapping[str, float]) -> GroupEconomics:
    """Return the economics of a group over a window of so many months; ``cac`` by currency."""
    readings: dict[str, Reading] = {
        "renewal_rate": economics.renewal_rate(ledger),
        "logo_churn": economics.logo_churn(ledger),
        "lifetime_months": economics.lifetime_months(ledger, months),
    }
    money = sorted(ledger.money.items(), key=lambda one: (-one[1].mrr, one[0]))
    unknown = {} if money else {"mrr": NO_MRR.reason}
    return GroupEconomics(
        group=group,
        accounts=ledger.accounts,
        customers=ledger.customers,
        customers_before=ledger.customers_before,
        customers_lost=ledger.lost,
        customers_new=ledger.new,
        customers_won_back=ledger.won_back,
        renewals=Renewed(renewed=ledger.renewed, churned=ledger.churned, overdue=ledger.overdue),
        renewal_rate=known(readings, "renewal_rate"),
        logo_churn=known(readings, "logo_churn"),
        lifetime_months=known(readings, "lifetime_months"),
        money=[_money_line(currency, sums, ledger, months, cac.get(currency)) for currency, sums in money],
        left_out=ExcludedAccounts(unpriced=ledger.unpriced, switched_currency=ledger.switched),
        missing={**_missing(readings), **unknown},
    )


def _money_line(
    currency: str, sums: MoneySums, ledger: Ledger, months: int, cac: float | None
) -> MoneyEconomics:
    ltv = economics.lifetime_value(sums, ledger, months)
    readings: dict[str, Reading] = {
        "grr": economics.gross_revenue_retention(sums),
        "nrr": economics.net_revenue_retention(sums),
        "revenue_churn": economics.revenue_churn(sums),
        "renewal_rate": economics.renewal_rate_by_value(sums),
        "mrr_growth": economics.mrr_growth(sums),
        "arpa": economics.arpa(sums),
        "ltv": ltv,
        "ltv_to_cac": economics.ltv_to_cac(ltv, cac),
    }
    return MoneyEconomics(
        currency=currency,
        paying_accounts=sums.payers,
        mrr=sums.mrr,
        arr=economics.arr(sums),
        grr=known(readings, "grr"),
        nrr=known(readings, "nrr"),
        revenue_churn=known(readings, "revenue_churn"),
        mrr_ended=sums.ended,
        mrr_renewed=sums.kept,
        renewal_rate=known(readings, "renewal_rate"),
        mrr_growth=known(readings, "mrr_growth"),
        arpa=known(readings, "arpa"),
        ltv=known(readings, "ltv"),
        ltv_to_cac=known(readings, "ltv_to_cac"),
        movement=_movement(sums),
        missing=_missing(readings),
    )


def _movement(sums: MoneySums) -> Movement:
    return Movement(
        base=sums.base,
        expansion=sums.expansion,
        contraction=sums.contraction,
        churned=sums.churned,
        new=sums.new,
        won_back=sums.won_back,
    )


def _missing(readings: Readings) -> dict[str, str]:
    return {name: one.reason for name, one in readings.items() if isinstance(one, Missing)}
