"""Intervals by resampling accounts: observations of one account are not independent of one another.

(Efron and Tibshirani 1993, percentile intervals; the cluster is the account.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from radar_health_score.domain.forecast.ranking import FloatArray

DRAWS: Final = 1000
SEED: Final = 20_191_126
LEVEL: Final = 0.95
ENOUGH: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with its 95% interval; None where there is no answer, or too few draws have one."""

    value: float | None
    low: float | None
    high: float | None


UNTOLD: Final = Estimate(value=None, low=None, high=None)


def weights_by_account(account_ids: Sequence[str], draws: int = DRAWS, seed: int = SEED) -> FloatArray:
    """Return (1 + draws, n) weights: first all ones, then how often each draw holds the row's account.

    The draws depend on the set of accounts and the seed alone, not on the order of rows.
    """
    names, at = np.unique(np.asarray(account_ids, dtype=np.str_), return_inverse=True)
    generator = np.random.default_rng(seed)
    counts = generator.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    return np.vstack([np.ones(len(at)), counts[:, at].astype(np.float64)])


def estimate(values: FloatArray) -> Estimate:
    """Return the estimate: ``values[0]`` is that of the data, the others are of the draws."""
    value, drawn = float(values[0]), values[1:][np.isfinite(values[1:])]
    if not np.isfinite(value):
        return UNTOLD
    if len(drawn) < ENOUGH * (len(values) - 1) or not len(drawn):
        return Estimate(value=value, low=None, high=None)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value=value, low=float(low), high=float(high))
