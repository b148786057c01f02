"""How far an account has come by the five stages of AARRR (D. McClure, "Startup Metrics for Pirates"), on our facts.

- acquisition: we know of it.
- activation: it has got what it came for (``lifecycle.has_reached_value``).
- retention: it has used the product in the window of 28 days, and began to before it.
- referral: a milestone says that it brought somebody (REFERRALS). No other fact tells of that, so without such a
  milestone it is not known, rather than not so.
- revenue: it pays, or went on and is about to: a customer whose running terms aren't all trials.

They aren't steps of one ladder: an account may pay before it is activated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, get_args

from radar_health_score.domain.account.facts import WINDOW_DAYS, AccountFacts
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.scoring.lifecycle import has_reached_value, is_paying
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import FunnelStep

STEPS: Final[tuple[FunnelStep, ...]] = get_args(FunnelStep)
_BEFORE: Final[Mapping[FunnelStep, FunnelStep]] = {
    "acquisition": "acquisition",
    "activation": "acquisition",
    "retention": "activation",
    "referral": "retention",
    "revenue": "retention",
}
REFERRALS: Final = frozenset({"referral", "referred", "reference"})
NO_REFERRALS: Final = Missing("no referral has been reported: send a milestone_reached event named referred")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCount:
    """How many accounts have reached a step.

    ``going_on`` of them are among the ``before`` that had reached the step before it; referral, which is mostly not
    known, is before none.
    """

    step: FunnelStep
    accounts: int
    before: int
    going_on: int


def steps_of(facts: AccountFacts, workspace: WorkspaceSettings) -> tuple[FunnelStep, ...]:
    """Return the steps that the account has reached at ``facts.as_of``."""
    reached = {
        "acquisition": True,
        "activation": has_reached_value(facts, workspace),
        "retention": _came_back(facts, workspace),
        "referral": not REFERRALS.isdisjoint(facts.milestones),
        "revenue": is_paying(facts.contracts, workspace.today(facts.as_of)),
    }
    return tuple(step for step in STEPS if reached[step])


def count_steps(groups: Iterable[tuple[frozenset[FunnelStep], int]]) -> tuple[StepCount, ...]:
    """Return the funnel of accounts, given how many have reached each set of steps."""
    groups = tuple(groups)

    def having(*steps: FunnelStep) -> int:
        return sum(accounts for reached, accounts in groups if reached.issuperset(steps))

    return tuple(
        StepCount(
            step=step,
            accounts=having(step),
            before=having(_BEFORE[step]),
            going_on=having(_BEFORE[step], step),
        )
        for step in STEPS
    )


def _came_back(facts: AccountFacts, workspace: WorkspaceSettings) -> bool:
    if facts.first_event_at is None or not facts.usage:
        return False
    window = facts.through - timedelta(days=WINDOW_DAYS)
    return workspace.today(facts.first_event_at) <= window < facts.usage[-1].day
