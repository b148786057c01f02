"""The contracts an account holds, or why they can't be told: what metrics of users and of outcomes both begin with."""

from collections.abc import Sequence

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.terms import in_force
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.metrics.windows import AccountView

NO_CONTRACT = Missing("no contract is known")
NO_CONTRACT_IN_FORCE = Missing("no contract in force")


def contracts_in_force(view: AccountView) -> Sequence[Contract] | Missing:
    """Return the contracts in force on the day of the view, one at least."""
    if not view.facts.contracts:
        return NO_CONTRACT
    return in_force(view.facts.contracts, view.today) or NO_CONTRACT_IN_FORCE
