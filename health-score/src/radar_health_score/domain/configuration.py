"""What turns facts into health, as far as people choose it: a scorecard per segment, and the workspace's rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from radar_chassis.contracts.scalars import Segment
from radar_health_score.domain.facts import AccountFacts
from radar_health_score.domain.rules import WorkspaceRules
from radar_health_score.domain.scorecard import Scorecard
from radar_health_score.domain.segments import effective_segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The scorecards and rules that are in force together."""

    scorecards: Mapping[Segment, Scorecard]
    rules: WorkspaceRules

    def scorecard_for(self, facts: AccountFacts) -> Scorecard:
        """Return the scorecard that speaks for this account."""
        return self.scorecards[effective_segment(facts, self.rules)]
