"""What turns facts into health, as far as people choose it: scorecards, and the workspace's rules."""

from dataclasses import dataclass

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.domain.scoring.scorecard_set import Scorecards
from radar_health_score.domain.scoring.traits import traits_of
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The scorecards and rules that are in force together."""

    scorecards: Scorecards
    workspace: WorkspaceSettings

    def scorecard_for(self, facts: AccountFacts) -> Scorecard:
        """Return the scorecard that speaks for this account."""
        return self.scorecards.scorecard_for_traits(traits_of(facts, self.workspace))
