"""The contracts an account holds, or why they can't be told: what metrics of users and of outcomes both begin with."""

from collections.abc import Sequence

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.pauses import is_paused
from radar_health_score.domain.contracts.revenue import in_force
from radar_health_score.domain.contracts.terms import before_current_terms, total_mrr, total_seats
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.metrics.windows import AccountView
from radar_vocabulary.contracts.scalars import Money

NO_CONTRACT = Missing("no contract is known")
NO_CONTRACT_IN_FORCE = Missing("no contract in force")
PAUSED = Missing("the contract is paused")


def contracts_in_force(view: AccountView) -> Sequence[Contract] | Missing:
    """Return the contracts in force on the day of the view, one at least."""
    if not view.facts.contracts:
        return NO_CONTRACT
    return in_force(view.facts.contracts, view.today) or NO_CONTRACT_IN_FORCE


def is_on_pause(view: AccountView) -> bool:
    """Return whether every contract in force is paused: that nobody uses the product says nothing then."""
    if not any(term.pauses for term in view.facts.contracts):
        return False
    current = in_force(view.facts.contracts, view.today)
    return bool(current) and all(is_paused(term.pauses, view.today) for term in current)


def closings(view: AccountView) -> list[Closing]:
    """Return how the account's terms, trials left out, have ended by the day of the view."""
    terms = (term for term in view.facts.contracts if not term.trial)
    return [term.closing for term in terms if term.closing is not None and term.closing.on <= view.today]


def seats_before_and_now(view: AccountView) -> tuple[int | None, int | None]:
    """Return the seats of the day before the present term began, and those of the day of the view."""
    day, before = before_current_terms(view.facts.contracts, view.today)
    return total_seats(before, day), total_seats(in_force(view.facts.contracts, view.today), view.today)


def mrr_before_and_now(view: AccountView) -> tuple[Money | None, Money | None]:
    """Return the MRR of the day before the present term began, and that of the day of the view."""
    day, before = before_current_terms(view.facts.contracts, view.today)
    return total_mrr(before, day), total_mrr(in_force(view.facts.contracts, view.today), view.today)
