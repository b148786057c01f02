"""Evaluates a challenger on contract ends observed after all it learned from, and compares it with today's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import numpy as np

from radar_health_score.domain.forecast.bootstrap import estimate, means_by_account
from radar_health_score.domain.forecast.calibration import log_losses
from radar_health_score.domain.forecast.evaluation import estimates
from radar_health_score.domain.forecast.folds import weights_of
from radar_health_score.domain.forecast.observation import Observation, churned_of
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_vocabulary.answers.estimates import NO_ESTIMATE, Estimate
from radar_vocabulary.answers.models import Evaluation, ModelComparison

Names = Literal["scorecard", "champion", "base_rate"]


def evaluate_challenger(
    observations: Sequence[Observation],
    said: FloatArray,
    rivals: dict[Names, FloatArray],
    *,
    since: datetime,
    champion: str | None,
) -> Evaluation:
    """Return how probabilities ``said`` (n,) of ``observations`` did; NaN where the model abstained.

    ``rivals`` are others' predictions of the same observations; each is compared where neither abstained.
    """
    told = np.isfinite(said)
    judged = [observation for observation, one in zip(observations, told.tolist(), strict=True) if one]
    found = estimates(judged, said[told], probabilities=True) if judged else {}
    return Evaluation(
        since=since,
        cases=len(judged),
        churned=sum(bool(observation.churned) for observation in judged),
        auc=found.get("auc", NO_ESTIMATE),
        brier=found.get("brier", NO_ESTIMATE),
        log_loss=found.get("log_loss", NO_ESTIMATE),
        calibration_slope=found.get("calibration_slope", NO_ESTIMATE),
        rivals=tuple(
            _rival(name, observations, said, theirs, champion if name == "champion" else None)
            for name, theirs in rivals.items()
        ),
    )


def _rival(
    name: Names,
    observations: Sequence[Observation],
    said: FloatArray,
    theirs: FloatArray,
    version: str | None,
) -> ModelComparison:
    both = np.isfinite(said) & np.isfinite(theirs)
    chosen = [observation for observation, one in zip(observations, both.tolist(), strict=True) if one]
    gain = _gain(chosen, said[both], theirs[both]) if chosen else NO_ESTIMATE
    return ModelComparison(name=name, cases=len(chosen), gain=gain, version=version)


def _gain(observations: Sequence[Observation], said: FloatArray, theirs: FloatArray) -> Estimate:
    churned = churned_of(observations)
    gain = log_losses(churned, theirs) - log_losses(churned, said)
    accounts = [observation.account_id for observation in observations]
    return estimate(means_by_account(accounts, weights_of(observations), gain[:, None])[:, 0])
