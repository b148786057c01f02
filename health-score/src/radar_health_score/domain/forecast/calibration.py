"""Whether probabilities mean what they say. Shapes: n observations, b draws; ``churned`` is 0 or 1."""

from typing import Final

import numpy as np

from radar_health_score.domain.forecast.ranking import FloatArray
from radar_vocabulary.answers.backtests import Bin

BINS: Final = 10
CLIP: Final = 1e-6
STEPS: Final = 50
STEEPEST: Final = 50.0


def brier(churned: FloatArray, probability: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the mean squared distance of the probability from what happened: (b,)."""
    return _mean((probability - churned) ** 2, weights)


def log_loss(churned: FloatArray, probability: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the mean of ``log_losses``: (b,)."""
    return _mean(log_losses(churned, probability), weights)


def log_losses(churned: FloatArray, probability: FloatArray) -> FloatArray:
    """Return -log of the probability of what happened: (n,). Probabilities keep CLIP from 0 and 1."""
    p = np.clip(probability, CLIP, 1 - CLIP)
    losses: FloatArray = -(churned * np.log(p) + (1 - churned) * np.log(1 - p))
    return losses


def expected_calibration_error(
    churned: FloatArray, probability: FloatArray, weights: FloatArray
) -> FloatArray:
    """Return the mean distance of what was said from what happened over BINS bins of equal width: (b,)."""
    gaps = weights * (probability - churned)
    at = _bin_of(probability)
    off = sum(np.abs(gaps[:, at == one].sum(axis=1)) for one in np.unique(at))
    distance: FloatArray = np.asarray(off) / weights.sum(axis=1)
    return distance


def slope_and_intercept(
    churned: FloatArray, probability: FloatArray, weights: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the slope and intercept of a logistic regression of what happened on the logit of what was said: (b,).

    1 and 0 are perfect; a slope below 1 says that probabilities are too far out (Cox 1958). By Newton's method; NaN
    where there is no answer: one kind only, one probability only, or both kinds apart.
    """
    p = np.clip(probability, CLIP, 1 - CLIP)
    x = np.log(p / (1 - p))
    slope, intercept = np.ones(len(weights)), np.zeros(len(weights))
    step = np.full(len(weights), np.inf)
    with np.errstate(all="ignore"):
        for _ in range(STEPS):
            d_intercept, d_slope = _newton(churned, x, weights, intercept, slope)
            intercept, slope = intercept + d_intercept, slope + d_slope
            step = np.abs(d_intercept) + np.abs(d_slope)
            if not np.any(step > 1e-9):
                break
        told = (step < 1e-6) & (np.abs(slope) < STEEPEST)
    return np.where(told, slope, np.nan), np.where(told, intercept, np.nan)


def reliability(churned: FloatArray, probability: FloatArray) -> tuple[Bin, ...]:
    """Return the bins that hold anything: what was said and what happened."""
    at = _bin_of(probability)
    return tuple(
        Bin(
            low=one / BINS,
            high=(one + 1) / BINS,
            n=int((at == one).sum()),
            said=float(probability[at == one].mean()),
            churned=float(churned[at == one].mean()),
        )
        for one in np.unique(at).tolist()
    )


def _newton(
    churned: FloatArray, x: FloatArray, weights: FloatArray, intercept: FloatArray, slope: FloatArray
) -> tuple[FloatArray, FloatArray]:
    p = 1 / (1 + np.exp(-np.clip(intercept[:, None] + slope[:, None] * x, -500, 500)))
    curve = weights * p * (1 - p)
    rest = weights * (churned - p)
    h00, h01, h11 = curve.sum(axis=1), curve @ x, curve @ (x * x)
    g0, g1 = rest.sum(axis=1), rest @ x
    determinant = h00 * h11 - h01 * h01
    determinant = np.where(determinant > 1e-12 * h00 * h11, determinant, np.nan)
    return (h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant


def _bin_of(probability: FloatArray) -> FloatArray:
    bins: FloatArray = np.minimum((probability * BINS).astype(np.int64), BINS - 1)
    return bins


def _mean(values: FloatArray, weights: FloatArray) -> FloatArray:
    mean: FloatArray = weights @ values / weights.sum(axis=1)
    return mean
