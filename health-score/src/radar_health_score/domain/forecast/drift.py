"""Drift: whether recent renewals and their outcomes differ from those that a model learned from."""

from math import sqrt
from typing import Final

import numpy as np
from msgspec import Struct

from radar_health_score.domain.forecast.ranking import FloatArray
from radar_vocabulary.contracts.scalars import Moment

BINS: Final = 10
SMOOTHING: Final = 0.5
FEWEST: Final = 30


class FeatureShift(Struct, frozen=True, kw_only=True):
    """How far a feature has moved; see ``stability_index``."""

    feature: str
    psi: float


class Watched(Struct, frozen=True, kw_only=True):
    """What was seen of a model at a moment.

    Attributes:
        trained_until: the last outcome that it learned from.
        reference, recent: contract ends of its training window, and those seen lately, that are compared.
        features: largest shift first; empty with fewer than FEWEST on either side. ``score_psi``: of its predictions.
        outcomes: ends whose outcome came to be known after it had learned; ``foretold`` and ``churned`` are shares.
        surprise: how many standard deviations the churn lies above the prediction, ends taken for independent.
    """

    made_at: Moment
    version: str
    trained_until: Moment
    reference: int
    recent: int
    features: tuple[FeatureShift, ...]
    score_psi: float | None
    outcomes: int
    foretold: float | None
    churned: float | None
    surprise: float | None


def stability_index(reference: FloatArray, recent: FloatArray) -> float:
    """Return the population stability index of ``recent`` against ``reference`` (each 1-d, NaN is missing).

    The sum of (q - p) ln(q / p) over bins, p and q being the shares of reference and recent: bins are the tenths of
    the reference, and one of what is missing. Half an observation is added to each bin, so that an empty one doesn't
    make it infinite. By custom 0.1 is a small shift and 0.25 a large one; few observations shift by chance alone.
    """
    told = reference[~np.isnan(reference)]
    edges = _edges(told) if len(told) else np.empty(0)
    p, q = _shares(reference, edges), _shares(recent, edges)
    return float(np.sum((q - p) * np.log(q / p)))


def shifts(names: tuple[str, ...], reference: FloatArray, recent: FloatArray) -> tuple[FeatureShift, ...]:
    """Return the shift of each column, largest first; nothing where either side has fewer than FEWEST rows."""
    if min(len(reference), len(recent)) < FEWEST:
        return ()
    found = [
        FeatureShift(feature=name, psi=stability_index(reference[:, at], recent[:, at]))
        for at, name in enumerate(names)
    ]
    return tuple(sorted(found, key=lambda one: (-one.psi, one.feature)))


def surprise_of(foretold: FloatArray, churned: FloatArray) -> float | None:
    """Return (churned - foretold) / its standard deviation under the prediction; None where that is zero."""
    spread = sqrt(float(np.sum(foretold * (1 - foretold))))
    return float(np.sum(churned - foretold)) / spread if spread > 0 else None


def _edges(told: FloatArray) -> FloatArray:
    """Return what divides the tenths; a value that fills several of them is a bin of its own."""
    found, times = np.unique(np.quantile(told, np.linspace(0, 1, BINS + 1)[1:-1]), return_counts=True)
    edges: FloatArray = np.sort(np.r_[found, np.nextafter(found[times > 1], np.inf)])
    return edges


def _shares(values: FloatArray, edges: FloatArray) -> FloatArray:
    missing = np.isnan(values)
    counts = np.bincount(
        np.r_[np.searchsorted(edges, values[~missing], side="right"), np.full(missing.sum(), len(edges) + 1)],
        minlength=len(edges) + 2,
    )
    smoothed = counts.astype(np.float64) + SMOOTHING
    shares: FloatArray = smoothed / smoothed.sum()
    return shares
