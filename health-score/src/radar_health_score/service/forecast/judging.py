"""Judges a challenger on contract ends observed after everything it learned from, beside what speaks today."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import numpy as np

from radar_health_score.domain.forecast.bootstrap import estimate, means_by_account
from radar_health_score.domain.forecast.calibration import log_losses
from radar_health_score.domain.forecast.case import Case, churned_of
from radar_health_score.domain.forecast.evaluation import estimates
from radar_health_score.domain.forecast.folds import weights_of
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_vocabulary.answers.estimates import UNTOLD, Estimate
from radar_vocabulary.answers.models import Judged, Rival

Names = Literal["scorecard", "champion", "base_rate"]


def judged(
    cases: Sequence[Case],
    said: FloatArray,
    rivals: dict[Names, FloatArray],
    *,
    since: datetime,
    champion: str | None,
) -> Judged:
    """Return how probabilities ``said`` (n,) of ``cases`` did; NaN where the model had nothing to say.

    ``rivals`` are what others said of the same cases; each is compared where both spoke.
    """
    told = np.isfinite(said)
    spoken = [case for case, one in zip(cases, told.tolist(), strict=True) if one]
    found = estimates(spoken, said[told], probabilities=True) if spoken else {}
    return Judged(
        since=since,
        cases=len(spoken),
        churned=sum(bool(case.churned) for case in spoken),
        auc=found.get("auc", UNTOLD),
        brier=found.get("brier", UNTOLD),
        log_loss=found.get("log_loss", UNTOLD),
        calibration_slope=found.get("calibration_slope", UNTOLD),
        rivals=tuple(
            _rival(name, cases, said, theirs, champion if name == "champion" else None)
            for name, theirs in rivals.items()
        ),
    )


def _rival(
    name: Names, cases: Sequence[Case], said: FloatArray, theirs: FloatArray, version: str | None
) -> Rival:
    both = np.isfinite(said) & np.isfinite(theirs)
    chosen = [case for case, one in zip(cases, both.tolist(), strict=True) if one]
    gain = _gain(chosen, said[both], theirs[both]) if chosen else UNTOLD
    return Rival(name=name, cases=len(chosen), gain=gain, version=version)


def _gain(cases: Sequence[Case], said: FloatArray, theirs: FloatArray) -> Estimate:
    churned = churned_of(cases)
    gain = log_losses(churned, theirs) - log_losses(churned, said)
    accounts = [case.account_id for case in cases]
    return estimate(means_by_account(accounts, weights_of(cases), gain[:, None])[:, 0])
