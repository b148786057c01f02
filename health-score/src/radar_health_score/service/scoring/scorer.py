"""Scores accounts: the scorecard that fits an account gives its score.

The champion model gives the renewal probabilities, where there is one and it has an answer.
"""

from collections.abc import Callable, Sequence

import structlog

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.forecast.model_probabilities import with_model_probabilities
from radar_health_score.domain.forecast.renewal_model import PredictionRequest, Probabilities, RenewalModel
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.scoring.assessment import assess
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.snapshot import snapshot_of
from radar_health_score.service.scoring.configurations import Configurations
from radar_vocabulary.contracts.health import HealthSnapshot

log = structlog.get_logger()


def no_model() -> RenewalModel | None:
    """Return None: the scorecard gives the probabilities."""
    return None


class ScorecardScorer:
    """``Scorer`` by the scorecards of a configuration, and by a model."""

    def __init__(self, configuration: Configuration, model: RenewalModel | None = None) -> None:
        self._configuration = configuration
        self._model = model

    def snapshot(self, facts: AccountFacts) -> HealthSnapshot:
        """See ``Scorer``."""
        return self.snapshots([facts])[0]

    def snapshots(self, many: Sequence[AccountFacts]) -> list[HealthSnapshot]:
        """See ``Scorer``."""
        configuration = self._configuration
        workspace = configuration.workspace
        assessments = [assess(facts, configuration.scorecard_for(facts), workspace) for facts in many]
        snapshots = [snapshot_of(one, workspace) for one in assessments]
        if self._model is None:
            return snapshots
        requests = [
            PredictionRequest(one.facts, one.readings, workspace.today(one.facts.as_of), workspace.exchange)
            for one in assessments
        ]
        return _with_model(snapshots, requests, self._model)

    def readings(self, facts: AccountFacts) -> Readings:
        """See ``Scorer``."""
        return measure(facts, self._configuration.workspace)


class PresentScorer:
    """``Scorer`` by the configuration and the champion that are in force at each call."""

    def __init__(
        self, configurations: Configurations, champion: Callable[[], RenewalModel | None] = no_model
    ) -> None:
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


def _with_model(
    snapshots: list[HealthSnapshot], requests: Sequence[PredictionRequest], model: RenewalModel
) -> list[HealthSnapshot]:
    return [
        with_model_probabilities(snapshot, one, probabilities, model.version)
        for snapshot, one, probabilities in zip(
            snapshots, requests, _probabilities(requests, model), strict=True
        )
    ]


def _probabilities(requests: Sequence[PredictionRequest], model: RenewalModel) -> list[Probabilities]:
    """Return what the model says of each; where it fails, the scorecard decides.

    Health must not wait for a model that fails, and one odd account must not cost the others theirs.
    """
    try:
        return model.renewal_probabilities(requests)
    except Exception:
        log.exception("model_failed", version=model.version, accounts=len(requests))
    return [_of_one(one, model) for one in requests]


def _of_one(request: PredictionRequest, model: RenewalModel) -> Probabilities:
    try:
        return model.renewal_probabilities([request])[0]
    except Exception as error:  # noqa: BLE001 - whatever it is, it has been logged with the others
        log.warning(
            "model_silent", version=model.version, account_id=request.facts.account_id, reason=repr(error)
        )
        return {}
