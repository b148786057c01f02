"""Unit economics of a group of accounts: each a pure function of its sums, a value or *missing, because …*.

The window ends with the as-of day and is ``months`` long (12 unless asked otherwise). Retention compares the same
accounts at both ends: who came in between isn't in it. Rates are of the whole window, not annualised.

Sources: MRR, ARR, GRR, NRR and churn as in the SaaS Metrics Standards Board's definitions; lifetime and LTV as in
D. Skok, "SaaS Metrics 2.0" (lifetime = 1 / churn rate), without a gross margin, since costs aren't known here.
"""

from typing import Final

from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.portfolio.revenue_ledger import Ledger, MoneySums

NO_BASE: Final = Missing("no account paid at the start of the period")
NO_CUSTOMERS: Final = Missing("there were no customers at the start of the period")
NO_TERM_ENDED: Final = Missing("no term ended in the period")
NO_PRICED_TERM_ENDED: Final = Missing("no term with an MRR ended in the period")
NOBODY_PAYS: Final = Missing("no paying accounts")
NOBODY_LEFT: Final = Missing("no customer churned in the period, so the lifetime can't be calculated")
NO_CAC: Final = Missing("no customer acquisition cost is configured for this currency (health.cac)")


def arr(sums: MoneySums) -> float:
    """Annual recurring revenue: 12 x MRR."""
    return 12 * sums.mrr


def gross_revenue_retention(sums: MoneySums) -> Reading:
    """(base - churned - contraction) / base: what stayed of the MRR at the beginning, without expansion."""
    return (sums.base - sums.churned - sums.contraction) / sums.base if sums.base > 0 else NO_BASE


def net_revenue_retention(sums: MoneySums) -> Reading:
    """(base - churned - contraction + expansion) / base: what those who paid at the beginning pay now."""
    if sums.base <= 0:
        return NO_BASE
    return (sums.base - sums.churned - sums.contraction + sums.expansion) / sums.base


def revenue_churn(sums: MoneySums) -> Reading:
    """(churned + contraction) / base = 1 - GRR: the share of the MRR at the beginning that was lost."""
    return (sums.churned + sums.contraction) / sums.base if sums.base > 0 else NO_BASE


def logo_churn(ledger: Ledger) -> Reading:
    """Customers at the beginning that are none now / customers at the beginning."""
    return ledger.lost / ledger.customers_before if ledger.customers_before else NO_CUSTOMERS


def renewal_rate(ledger: Ledger) -> Reading:
    """Terms renewed (also with more or less) / terms that ended in the window.

    An overdue term hasn't ended: it counts on neither side until somebody says how it did.
    """
    ended = ledger.renewed + ledger.churned
    return ledger.renewed / ended if ended else NO_TERM_ENDED


def renewal_rate_by_value(sums: MoneySums) -> Reading:
    """MRR that terms went on with / MRR of the terms that ended in the window; what was added doesn't count."""
    return sums.kept / sums.ended if sums.ended > 0 else NO_PRICED_TERM_ENDED


def arpa(sums: MoneySums) -> Reading:
    """Average revenue per account: MRR / accounts that pay. Unit: money per month."""
    return sums.mrr / sums.payers if sums.payers else NOBODY_PAYS


def lifetime_months(ledger: Ledger, months: int) -> Reading:
    """Expected lifetime of a customer: months of the window / logo churn in it. Unit: months."""
    churn = logo_churn(ledger)
    if isinstance(churn, Missing):
        return churn
    return months / churn if churn > 0 else NOBODY_LEFT


def lifetime_value(sums: MoneySums, ledger: Ledger, months: int) -> Reading:
    """LTV = ARPA x lifetime. Unit: money."""
    revenue, lifetime = arpa(sums), lifetime_months(ledger, months)
    if isinstance(revenue, Missing):
        return revenue
    return lifetime if isinstance(lifetime, Missing) else revenue * lifetime


def ltv_to_cac(ltv: Reading, cac: float | None) -> Reading:
    """LTV / CAC; 3 and more is taken for healthy (Skok)."""
    if isinstance(ltv, Missing):
        return ltv
    return ltv / cac if cac else NO_CAC


def mrr_growth(sums: MoneySums) -> Reading:
    """(expansion + new + won back - contraction - churned) / base: of accounts whose ends can be compared."""
    gained = sums.expansion + sums.new + sums.won_back - sums.contraction - sums.churned
    return gained / sums.base if sums.base > 0 else NO_BASE
