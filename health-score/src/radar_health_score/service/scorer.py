"""Scorecards behind the ``Scorer`` port: the one that the account's traits call for speaks."""

from radar_chassis.contracts.health import HealthSnapshot
from radar_health_score.domain.configuration import Configuration
from radar_health_score.domain.facts import AccountFacts
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.snapshot import build_snapshot
from radar_health_score.service.configurations import Configurations


class ScorecardScorer:
    """``Scorer`` by the scorecards of a configuration."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    def snapshot(self, facts: AccountFacts) -> HealthSnapshot:
        """See ``Scorer``."""
        return build_snapshot(facts, self._configuration.scorecard_for(facts), self._configuration.rules)

    def readings(self, facts: AccountFacts) -> Readings:
        """See ``Scorer``."""
        return measure(facts, self._configuration.rules)


class PresentScorer:
    """``Scorer`` by the configuration that is in force when it is asked."""

    def __init__(self, configurations: Configurations) -> None:
        self._configurations = configurations

    def snapshot(self, facts: AccountFacts) -> HealthSnapshot:
        """See ``Scorer``."""
        return ScorecardScorer(self._configurations.current).snapshot(facts)

    def readings(self, facts: AccountFacts) -> Readings:
        """See ``Scorer``."""
        return ScorecardScorer(self._configurations.current).readings(facts)
