"""Outcomes by contract: revenue, seats, tenure, and the customer's own goal.

Sources: contract_updated, contract_closed, account_updated; ARR = 12 x MRR. Money is in the account's currency;
an account with contracts in several currencies has no total.
"""

from datetime import date

from radar_health_score.domain.account.facts import Invoice
from radar_health_score.domain.contracts.terms import due_on, next_renewal, total_mrr
from radar_health_score.domain.metrics.behaviour import north_star_count
from radar_health_score.domain.metrics.contracts_held import (
    NO_CONTRACT,
    closings,
    contracts_in_force,
    mrr_before_and_now,
    seats_before_and_now,
)
from radar_health_score.domain.metrics.north_star import target_of
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.windows import AccountView

NO_EARLIER_TERM = Missing("no earlier term is known")


def mrr(view: AccountView) -> Reading:
    """Monthly recurring revenue: the sum over the contracts in force. Unit: money per month, neutral.

    Source: contract_updated, contract_closed.
    """
    current = contracts_in_force(view)
    if isinstance(current, Missing):
        return current
    total = total_mrr(current, view.today)
    return Missing("no MRR in a single currency is known") if total is None else total.amount


def arr(view: AccountView) -> Reading:
    """Annual recurring revenue, 12 x MRR. Unit: money per year, neutral. Source: contract_updated, contract_closed."""
    monthly = mrr(view)
    return monthly if isinstance(monthly, Missing) else 12 * monthly


def days_to_renewal(view: AccountView) -> Reading:
    """Days to the nearest renewal of an open contract; negative once it is overdue. Unit: days, neutral.

    Source: contract_updated, contract_closed.
    """
    if not view.facts.contracts:
        return NO_CONTRACT
    contract = next_renewal(view.facts.contracts, view.today)
    return Missing("no open contract") if contract is None else (due_on(contract) - view.today).days


def tenure_days(view: AccountView) -> Reading:
    """Days since the first contract began. Unit: days, higher. Source: contract_updated, contract_closed."""
    starts = [term.starts_on for term in view.facts.contracts if term.starts_on and not term.trial]
    begun = [day for day in starts if day <= view.today]
    return (view.today - min(begun)).days if begun else Missing("no contract start date is known")


def renewals_so_far(view: AccountView) -> Reading:
    """Terms that were renewed, whatever the seats and the price. Unit: renewals, higher.

    Source: contract_updated, contract_closed.
    """
    if not view.facts.contracts:
        return NO_CONTRACT
    return sum(1 for closing in closings(view) if closing.outcome != "churned")


def seats_change(view: AccountView) -> Reading:
    """Seats now / seats the day before the present term began, minus 1. Unit: share, higher.

    Source: contract_updated, contract_closed.
    """
    return _change(*seats_before_and_now(view))


def revenue_change(view: AccountView) -> Reading:
    """MRR now / MRR the day before the present term began, minus 1. Unit: share, higher.

    Source: contract_updated, contract_closed.
    """
    before, now = mrr_before_and_now(view)
    if before is None or now is None or before.currency != now.currency:
        return NO_EARLIER_TERM
    return _change(before.amount, now.amount)


def north_star_vs_target(view: AccountView) -> Reading:
    """North Star count of the window / the customer's target for four weeks. Unit: share, higher.

    The target is the account's own, or that of its products (health.north_star_target).

    Source: feature_used, account_updated, contract_updated.
    """
    target = target_of(view.facts, view.workspace)
    if not target:
        return Missing("the customer has no North Star target")
    count = north_star_count(view)
    return count if isinstance(count, Missing) else count / target


def invoices_overdue(view: AccountView) -> Reading:
    """Invoices past their due day and not paid. Unit: invoices, lower. Source: invoice_updated.

    An invoice of nothing and a credit note are never overdue.
    """
    if not view.reports("invoice", view.facts.invoices):
        return Missing("no invoice has ever been reported")
    return sum(1 for invoice in owed(view) if _late(view, invoice.due_on, invoice.paid_on))


def promises_overdue(view: AccountView) -> Reading:
    """Promises made in the sale past their due day and not kept. Unit: promises, lower. Source: promise_updated."""
    if not view.facts.promises:
        return Missing("no promise has been recorded")
    return sum(1 for promise in view.facts.promises if _late(view, promise.due_on, promise.kept_on))


def owed(view: AccountView) -> list[Invoice]:
    """Return the invoices that ask for money, or may."""
    return [one for one in view.facts.invoices if one.amount is None or one.amount.amount > 0]


def _change(before: float | None, now: float | None) -> Reading:
    return NO_EARLIER_TERM if not before or now is None else now / before - 1


def _late(view: AccountView, due: date | None, done: date | None) -> bool:
    return due is not None and due < view.today and (done is None or done > view.today)
