"""Intervals by resampling accounts: observations of one account are not independent of one another.

(Efron and Tibshirani 1993, percentile intervals; the cluster is the account.) Draws are made a slice at a time: all of
them at once would be a thousand numbers for every row.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from radar_health_score.domain.forecast.ranking import FloatArray
from radar_vocabulary.answers.estimates import NO_ESTIMATE, Estimate

DRAWS: Final = 1000
SEED: Final = 20_191_126
LEVEL: Final = 0.95
ENOUGH: Final = 0.9
MOST_CELLS: Final = 2_000_000  # of a slice: 16 MB, and whoever computes with it holds a dozen as large


def weights_by_account(
    account_ids: Sequence[str], draws: int = DRAWS, seed: int = SEED, cells: int = MOST_CELLS
) -> Iterator[FloatArray]:
    """Yield (1 + draws, n) weights in slices of at most ``cells``, but of one draw at least.

    The first row is all ones, each later one says how often its draw holds the row's account. The draws depend on the
    set of accounts and the seed alone, not on the order of rows or the size of slices.
    """
    names, at = np.unique(np.asarray(account_ids, dtype=np.str_), return_inverse=True)
    for counts in _counts(len(names), draws, seed, max(1, cells // max(1, len(at)))):
        yield counts[:, at]


def means_by_account(
    account_ids: Sequence[str], weights: FloatArray, values: FloatArray, draws: int = DRAWS, seed: int = SEED
) -> FloatArray:
    """Return the weighted mean of ``values`` (n, m) in the data, then in each draw: (1 + draws, m).

    ``weights`` is (n,). The draws are those of ``weights_by_account``, but cost only as much as there are accounts.
    """
    names, at = np.unique(np.asarray(account_ids, dtype=np.str_), return_inverse=True)
    sums = np.zeros((len(names), 1 + values.shape[1]))
    np.add.at(sums, at, weights[:, None] * np.column_stack([np.ones(len(at)), values]))
    slices = _counts(len(names), draws, seed, max(1, MOST_CELLS // max(1, len(names))))
    found = np.concatenate([counts @ sums for counts in slices])
    means: FloatArray = found[:, 1:] / found[:, :1]
    return means


def _counts(accounts: int, draws: int, seed: int, at_once: int) -> Iterator[FloatArray]:
    generator = np.random.default_rng(seed)
    yield np.ones((1, accounts))
    for done in range(0, draws, at_once):
        size = min(at_once, draws - done)
        yield generator.multinomial(accounts, np.full(accounts, 1 / accounts), size=size).astype(np.float64)


def estimate(values: FloatArray) -> Estimate:
    """Return the estimate: ``values[0]`` is that of the data, the others are of the draws."""
    value, drawn = float(values[0]), values[1:][np.isfinite(values[1:])]
    if not np.isfinite(value):
        return NO_ESTIMATE
    if len(drawn) < ENOUGH * (len(values) - 1) or not len(drawn):
        return Estimate(value=value, low=None, high=None)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value=value, low=float(low), high=float(high))
