"""Judges risks against what happened: a row per scorer, lead and segment, with intervals."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from radar_health_score.domain.forecast import calibration, ranking
from radar_health_score.domain.forecast.backtest import ALL, SHARES
from radar_health_score.domain.forecast.bootstrap import DRAWS, SEED, estimate, weights_by_account
from radar_health_score.domain.forecast.forecaster import Forecaster
from radar_health_score.domain.forecast.observation import Observation, churned_of
from radar_health_score.domain.forecast.ranking import FloatArray, Ranked
from radar_vocabulary.answers.backtests import Curves, Row
from radar_vocabulary.answers.estimates import Estimate

SEGMENTS: Final = ("key", "mid", "long_tail")


def rows_of(forecaster: Forecaster, observations: Sequence[Observation], risk: FloatArray) -> Iterator[Row]:
    """Yield a row per lead and segment, all segments together first. ``risk`` is (n,), NaN where it abstains."""
    leads = np.array([observation.lead_days for observation in observations])
    segments = np.array([observation.segment for observation in observations])
    for lead in sorted(set(leads.tolist()), reverse=True):
        for segment in (ALL, *SEGMENTS):
            here = (leads == lead) & ((segment == ALL) | (segments == segment))
            if here.any():
                chosen = [observations[at] for at in np.flatnonzero(here).tolist()]
                yield _row(forecaster, chosen, risk[here], int(lead), segment)


def curves_of(
    forecaster: Forecaster, observations: Sequence[Observation], risk: FloatArray
) -> Iterator[Curves]:
    """Yield the curves of a scorer, one set per lead."""
    leads = np.array([observation.lead_days for observation in observations])
    churned = churned_of(observations)
    for lead in sorted(set(leads.tolist()), reverse=True):
        here = (leads == lead) & np.isfinite(risk)
        if not here.any():
            continue
        ranked = Ranked.of(churned[here], risk[here], np.ones((1, int(here.sum()))))
        told = forecaster.gives_probability
        yield Curves(
            scorer=forecaster.name,
            lead_days=int(lead),
            reliability=calibration.reliability(churned[here], risk[here]) if told else (),
            found=tuple(np.nan_to_num(ranking.lift_curve(ranked)).round(6).tolist()),
        )


def measures(
    churned: FloatArray, risk: FloatArray, weights: FloatArray, arr: FloatArray, *, probabilities: bool
) -> dict[str, FloatArray]:
    """Return every measure of ``Row`` by its name: (b,) each.

    ``churned`` (0 or 1), ``risk`` and ``arr`` (NaN where it isn't known) are (n,), ``weights`` is (b, n).
    """
    ranked = Ranked.of(churned, risk, weights)
    lost = weights * np.nan_to_num(arr) * churned
    found = {"auc": ranking.roc_auc(ranked), "average_precision": ranking.average_precision(ranked)}
    for percent in SHARES:
        share = percent / 100
        found[f"precision_{percent}"] = ranking.precision_at(ranked, share)
        found[f"recall_{percent}"] = ranking.recall_at(ranked, share)
        found[f"lift_{percent}"] = ranking.lift_at(ranked, share)
        found[f"arr_recall_{percent}"] = ranking.amount_recall_at(ranked, lost, share)
    if probabilities:
        slope, intercept = calibration.slope_and_intercept(churned, risk, weights)
        found |= {
            "brier": calibration.brier(churned, risk, weights),
            "log_loss": calibration.log_loss(churned, risk, weights),
            "ece": calibration.expected_calibration_error(churned, risk, weights),
            "calibration_slope": slope,
            "calibration_intercept": intercept,
        }
    return found


def estimates(
    observations: Sequence[Observation],
    risk: FloatArray,
    *,
    probabilities: bool,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, Estimate]:
    """Return every measure of ``Row`` with its interval; a risk for each observation."""
    churned, arr = churned_of(observations), arr_of(observations)
    parts = [
        measures(churned, risk, weights, arr, probabilities=probabilities)
        for weights in weights_by_account(
            [observation.account_id for observation in observations], draws, seed
        )
    ]
    return {name: estimate(np.concatenate([part[name] for part in parts])) for name in parts[0]}


def arr_of(observations: Sequence[Observation]) -> FloatArray:
    """Return the ARR of each observation, NaN where it isn't known; all NaN where there are several currencies."""
    currencies = {observation.arr.currency for observation in observations if observation.arr is not None}
    if len(currencies) > 1:
        return np.full(len(observations), np.nan)
    return np.array(
        [np.nan if observation.arr is None else observation.arr.amount for observation in observations],
        np.float64,
    )


def _row(
    forecaster: Forecaster, observations: Sequence[Observation], risk: FloatArray, lead: int, segment: str
) -> Row:
    told = np.isfinite(risk)
    judged = [observations[at] for at in np.flatnonzero(told).tolist()]
    churned = churned_of(judged)
    found = estimates(judged, risk[told], probabilities=forecaster.gives_probability) if judged else {}
    return Row(
        scorer=forecaster.name,
        lead_days=lead,
        segment=segment,  # type: ignore[arg-type]
        n=len(judged),
        accounts=len({observation.account_id for observation in judged}),
        abstained=len(observations) - len(judged),
        base_rate=float(churned.mean()) if judged else None,
        **found,
    )
