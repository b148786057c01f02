"""Outcomes of what was agreed: seats and revenue gained or lost, terms lost and to whom, promises kept, money owed."""

from collections.abc import Callable

from radar_health_score.domain.account.facts import Closing
from radar_health_score.domain.metrics.contracts_held import (
    NO_CONTRACT,
    closings,
    mrr_before_and_now,
    seats_before_and_now,
)
from radar_health_score.domain.metrics.outcomes import NO_EARLIER_TERM, owed
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.windows import AccountView


def seats_gained(view: AccountView) -> Reading:
    """Seats now - seats the day before the present term began; negative if lost. Unit: seats, higher.

    Source: contract_updated, contract_closed.
    """
    before, now = seats_before_and_now(view)
    return NO_EARLIER_TERM if before is None or now is None else now - before


def revenue_gained(view: AccountView) -> Reading:
    """MRR now - MRR the day before the present term began; negative if lost. Unit: money per month, higher.

    Source: contract_updated, contract_closed.
    """
    before, now = mrr_before_and_now(view)
    if before is None or now is None or before.currency != now.currency:
        return NO_EARLIER_TERM
    return now.amount - before.amount


def terms_lost(view: AccountView) -> Reading:
    """Terms that ended without a renewal. Unit: terms, lower. Source: contract_updated, contract_closed."""
    return _closings(view, lambda closing: closing.outcome == "churned")


def terms_lost_to_competitor(view: AccountView) -> Reading:
    """Terms that ended without a renewal, with a competitor named. Unit: terms, lower.

    Source: contract_updated, contract_closed.
    """
    return _closings(view, lambda closing: closing.outcome == "churned" and bool(closing.competitor))


def contractions_so_far(view: AccountView) -> Reading:
    """Terms that were renewed with less (outcome contracted). Unit: terms, lower.

    Source: contract_updated, contract_closed.
    """
    return _closings(view, lambda closing: closing.outcome == "contracted")


def promises_kept(view: AccountView) -> Reading:
    """Promises kept / promises kept or past their due day. Unit: share, higher. Source: promise_updated."""
    today = view.today
    kept = sum(1 for one in view.facts.promises if one.kept_on is not None and one.kept_on <= today)
    broken = sum(
        1
        for one in view.facts.promises
        if (one.kept_on is None or one.kept_on > today) and one.due_on is not None and one.due_on < today
    )
    return kept / (kept + broken) if kept + broken else Missing("no promise is due or kept yet")


def longest_overdue_days(view: AccountView) -> Reading:
    """Days by which the oldest unpaid invoice is overdue; 0 if none is. Unit: days, lower. Source: invoice_updated."""
    if not view.reports("invoice", view.facts.invoices):
        return Missing("no invoice has ever been reported")
    today = view.today
    unpaid = (one.due_on for one in owed(view) if one.paid_on is None or one.paid_on > today)
    return max((max(0, (today - due).days) for due in unpaid), default=0)


def milestones_reached(view: AccountView) -> Reading:
    """Distinct milestones reached. Unit: milestones, higher. Source: milestone_reached."""
    return len(view.facts.milestones) or Missing("no milestone has been reported")


def _closings(view: AccountView, counts: Callable[[Closing], bool]) -> Reading:
    if not view.facts.contracts:
        return NO_CONTRACT
    return sum(1 for closing in closings(view) if counts(closing))
