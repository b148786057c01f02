"""Judges risks against what happened: a row per scorer, lead and segment, with intervals."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from radar_health_score.domain.forecast import calibration, ranking
from radar_health_score.domain.forecast.backtest import ALL, SHARES
from radar_health_score.domain.forecast.bootstrap import DRAWS, SEED, estimate, weights_by_account
from radar_health_score.domain.forecast.case import Case, churned_of
from radar_health_score.domain.forecast.forecaster import Forecaster
from radar_health_score.domain.forecast.ranking import FloatArray, Ranked
from radar_vocabulary.answers.backtests import Curves, Row
from radar_vocabulary.answers.estimates import Estimate

SEGMENTS: Final = ("key", "mid", "long_tail")


def rows_of(forecaster: Forecaster, cases: Sequence[Case], risk: FloatArray) -> Iterator[Row]:
    """Yield a row per lead and segment, all segments together first. ``risk`` is (n,), NaN where it abstains."""
    leads = np.array([case.lead_days for case in cases])
    segments = np.array([case.segment for case in cases])
    for lead in sorted(set(leads.tolist()), reverse=True):
        for segment in (ALL, *SEGMENTS):
            here = (leads == lead) & ((segment == ALL) | (segments == segment))
            if here.any():
                chosen = [cases[at] for at in np.flatnonzero(here).tolist()]
                yield _row(forecaster, chosen, risk[here], int(lead), segment)


def curves_of(forecaster: Forecaster, cases: Sequence[Case], risk: FloatArray) -> Iterator[Curves]:
    """Yield the curves of a scorer, one set per lead."""
    leads = np.array([case.lead_days for case in cases])
    churned = churned_of(cases)
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
    cases: Sequence[Case], risk: FloatArray, *, probabilities: bool, draws: int = DRAWS, seed: int = SEED
) -> dict[str, Estimate]:
    """Return every measure of ``Row`` with its interval; a risk for each case."""
    churned, arr = churned_of(cases), arr_of(cases)
    parts = [
        measures(churned, risk, weights, arr, probabilities=probabilities)
        for weights in weights_by_account([case.account_id for case in cases], draws, seed)
    ]
    return {name: estimate(np.concatenate([part[name] for part in parts])) for name in parts[0]}


def arr_of(cases: Sequence[Case]) -> FloatArray:
    """Return the ARR of each case, NaN where it isn't known; all NaN where there are several currencies."""
    currencies = {case.arr.currency for case in cases if case.arr is not None}
    if len(currencies) > 1:
        return np.full(len(cases), np.nan)
    return np.array([np.nan if case.arr is None else case.arr.amount for case in cases], np.float64)


def _row(forecaster: Forecaster, cases: Sequence[Case], risk: FloatArray, lead: int, segment: str) -> Row:
    told = np.isfinite(risk)
    spoken = [cases[at] for at in np.flatnonzero(told).tolist()]
    churned = churned_of(spoken)
    found = estimates(spoken, risk[told], probabilities=forecaster.gives_probability) if spoken else {}
    return Row(
        scorer=forecaster.name,
        lead_days=lead,
        segment=segment,  # type: ignore[arg-type]
        n=len(spoken),
        accounts=len({case.account_id for case in spoken}),
        abstained=len(cases) - len(spoken),
        base_rate=float(churned.mean()) if spoken else None,
        **found,
    )
