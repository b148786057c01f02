"""The scorecard behind the ``Scorer`` port: the one of the account's segment speaks."""

from collections.abc import Mapping

from radar_chassis.contracts.health import HealthSnapshot
from radar_chassis.contracts.scalars import Segment
from radar_health_score.domain.facts import AccountFacts
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.rules import WorkspaceRules
from radar_health_score.domain.scorecard import Scorecard
from radar_health_score.domain.segments import effective_segment
from radar_health_score.domain.snapshot import build_snapshot


class ScorecardScorer:
    """``Scorer`` by scorecards, one per segment."""

    def __init__(self, scorecards: Mapping[Segment, Scorecard], rules: WorkspaceRules) -> None:
        self.scorecards = scorecards
        self._rules = rules

    def snapshot(self, facts: AccountFacts) -> HealthSnapshot:
        """See ``Scorer``."""
        scorecard = self.scorecards[effective_segment(facts, self._rules)]
        return build_snapshot(facts, scorecard, self._rules)

    def readings(self, facts: AccountFacts) -> Readings:
        """See ``Scorer``."""
        return measure(facts, self._rules)
