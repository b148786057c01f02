"""Scorecards behind the ``Scorer`` port: the one that the account's traits call for speaks.

Of renewals the champion model speaks instead, where there is one and it has something to say.
"""

from collections.abc import Callable, Sequence

import structlog

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.forecast.spoken import spoken
from radar_health_score.domain.forecast.voice import Asked, Told, Voice
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.scoring.assessment import assess
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.snapshot import snapshot_of
from radar_health_score.service.scoring.configurations import Configurations
from radar_vocabulary.contracts.health import HealthSnapshot

log = structlog.get_logger()


def nobody() -> Voice | None:
    """Return no model: the scorecard speaks."""
    return None


class ScorecardScorer:
    """``Scorer`` by the scorecards of a configuration, and by a model."""

    def __init__(self, configuration: Configuration, voice: Voice | None = None) -> None:
        self._configuration = configuration
        self._voice = voice

    def snapshot(self, facts: AccountFacts) -> HealthSnapshot:
        """See ``Scorer``."""
        return self.snapshots([facts])[0]

    def snapshots(self, many: Sequence[AccountFacts]) -> list[HealthSnapshot]:
        """See ``Scorer``."""
        configuration = self._configuration
        rules = configuration.rules
        assessments = [assess(facts, configuration.scorecard_for(facts), rules) for facts in many]
        snapshots = [snapshot_of(one, rules) for one in assessments]
        if self._voice is None:
            return snapshots
        asked = [
            Asked(one.facts, one.readings, rules.today(one.facts.as_of), rules.exchange)
            for one in assessments
        ]
        return _voiced(snapshots, asked, self._voice)

    def readings(self, facts: AccountFacts) -> Readings:
        """See ``Scorer``."""
        return measure(facts, self._configuration.rules)


class PresentScorer:
    """``Scorer`` by the configuration and the champion that are in force when it is asked."""

    def __init__(self, configurations: Configurations, champion: Callable[[], Voice | None] = nobody) -> None:
        self._configurations = configurations
        self._champion = champion

    def snapshot(self, facts: AccountFacts) -> HealthSnapshot:
        """See ``Scorer``."""
        return self._present().snapshot(facts)

    def snapshots(self, many: Sequence[AccountFacts]) -> list[HealthSnapshot]:
        """See ``Scorer``."""
        return self._present().snapshots(many)

    def readings(self, facts: AccountFacts) -> Readings:
        """See ``Scorer``."""
        return self._present().readings(facts)

    def _present(self) -> ScorecardScorer:
        return ScorecardScorer(self._configurations.current, self._champion())


def _voiced(said: list[HealthSnapshot], asked: Sequence[Asked], voice: Voice) -> list[HealthSnapshot]:
    return [
        spoken(snapshot, one, probabilities, voice.version)
        for snapshot, one, probabilities in zip(said, asked, _told(asked, voice), strict=True)
    ]


def _told(asked: Sequence[Asked], voice: Voice) -> list[Told]:
    """Return what the model says of each; of whom it fails at it says nothing, and the scorecard goes on speaking.

    Health must not wait for a model that fails, nor may one odd account take its word from the others.
    """
    try:
        return voice.renewals(asked)
    except Exception:
        log.exception("model_failed", version=voice.version, accounts=len(asked))
    return [_told_alone(one, voice) for one in asked]


def _told_alone(asked: Asked, voice: Voice) -> Told:
    try:
        return voice.renewals([asked])[0]
    except Exception as error:  # noqa: BLE001 - whatever it is, it has been logged with the others
        log.warning(
            "model_silent", version=voice.version, account_id=asked.facts.account_id, reason=repr(error)
        )
        return {}
