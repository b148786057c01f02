"""Chooses what a model is made of by folds that go forward in time inside the known cases."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from radar_health_score.domain.forecast.bootstrap import Estimate, estimate, means_by_account
from radar_health_score.domain.forecast.calibration import log_losses, slope_and_intercept
from radar_health_score.domain.forecast.case import Case
from radar_health_score.domain.forecast.features import FEATURES
from radar_health_score.domain.forecast.folds import Fold, forward_folds
from radar_health_score.domain.forecast.model import sigmoid
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.service.forecast.learner import Learner, Shape

STRENGTHS: Final = (0.01, 0.02)
SHAPES: Final = (Shape(),)
ROUNDS: Final = (300, 500)
SHARES: Final = (0.0, 0.25, 0.75, 0.5)
ALIKE: Final = 0.005  # of several that are, the one that stands last is taken
FLATTEST: Final = 0.8
STEEPEST: Final = 1.25
FEWEST_TO_CALIBRATE: Final = 60
T = TypeVar("T")
Rows = NDArray[np.intp]
DIRECTIONS: Final = tuple(feature.risk for feature in FEATURES)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """Cases as arrays: ``features`` (n, k), ``churned`` and ``weights`` (n,)."""

    cases: Sequence[Case]
    features: FloatArray
    churned: FloatArray
    weights: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chosen:
    """What held best on earlier data.

    Attributes:
        judged: rows of the table that were judged by folds. ``said``: the probabilities said of them then, before
            calibration. ``base``: the share of churners known at each of those times.
    """

    strength: float
    tree_share: float
    shape: Shape
    slope: float
    shift: float
    judged: Rows
    said: FloatArray
    base: FloatArray


def choose(table: Table, learner: Learner, *, trees: bool) -> Chosen:
    """Return what held best in folds that go forward in time; ``trees``: whether there is enough for them."""
    folds = list(forward_folds(table.cases))
    judged = np.concatenate([fold.judge for fold in folds]) if folds else np.empty(0, np.intp)
    base = [np.full(len(fold.judge), _share(table, fold.learn)) for fold in folds]
    linear = {one: _joined(_linear(table, fold, learner, one) for fold in folds) for one in STRENGTHS}
    strength = _freest({one: _loss(table, judged, linear[one]) for one in STRENGTHS})
    logits, tree_share, shape = linear[strength], 0.0, SHAPES[0]
    if trees:
        grown = _grown(table, folds, learner)
        mixes = {
            (share, one): (1 - share) * logits + share * grown[one] for share, one in product(SHARES, grown)
        }
        best = _freest({one: _loss(table, judged, mixes[one]) for one in mixes})
        logits, (tree_share, shape) = mixes[best], best
    slope, shift = _calibration(table, folds, judged, logits)
    return Chosen(
        strength=strength, tree_share=tree_share, shape=shape, slope=slope, shift=shift, judged=judged,
        said=sigmoid(logits), base=_joined(iter(base)),
    )  # fmt: skip


def beats_base_rate(table: Table, chosen: Chosen) -> str | None:
    """Return why the model may not speak: on earlier data it didn't surely beat the base rate. None where it did."""
    rows = chosen.judged
    if not len(rows):
        return "the outcomes known so far all came at once, so nothing could be tested on later ones"
    churned = table.churned[rows]
    gain = log_losses(churned, chosen.base) - log_losses(churned, chosen.said)
    told = _mean(table, rows, gain)
    if told.low is not None and told.low > 0:
        return None
    return (
        f"on earlier contract ends ({round(table.weights[rows].sum())} of them, "
        f"{round((table.weights[rows] * churned).sum())} churned) it didn't surely foretell better than "
        f"the share of churners alone (gain in log loss {_shown(told.value)}, "
        f"95% interval {_shown(told.low)} to {_shown(told.high)})"
    )


def _freest(losses: Mapping[T, float]) -> T:
    """Return the last of those whose loss is within ALIKE of the least: folds learn from less than there is."""
    least = min(losses.values())
    return [one for one, loss in losses.items() if loss <= least * (1 + ALIKE)][-1]


def _is_sure(table: Table, rows: Rows, gain: FloatArray) -> bool:
    low = _mean(table, rows, gain).low
    return low is not None and low > 0


def _mean(table: Table, rows: Rows, gain: FloatArray) -> Estimate:
    """Return the mean gain with its interval, accounts resampled."""
    accounts = [table.cases[row].account_id for row in rows.tolist()]
    return estimate(means_by_account(accounts, table.weights[rows], gain[:, None])[:, 0])


def _linear(table: Table, fold: Fold, learner: Learner, strength: float) -> FloatArray:
    at = fold.learn
    fitted = learner.linear(table.features[at], table.churned[at], table.weights[at], strength)
    return fitted.logit(table.features[fold.judge])


def _grown(table: Table, folds: Sequence[Fold], learner: Learner) -> dict[Shape, FloatArray]:
    """Return the logits of each shape and number of rounds: a long run holds the shorter ones."""
    parts: dict[Shape, list[FloatArray]] = {}
    for shape, fold in product(SHAPES, folds):
        at = fold.learn
        fitted = learner.trees(table.features[at], table.churned[at], table.weights[at], shape, DIRECTIONS)
        for rounds in ROUNDS:
            logits = fitted.first(rounds).logit(table.features[fold.judge])
            parts.setdefault(replace(shape, rounds=rounds), []).append(logits)
    return {shape: np.concatenate(logits) for shape, logits in parts.items()}


def _calibration(
    table: Table, folds: Sequence[Fold], judged: Rows, logits: FloatArray
) -> tuple[float, float]:
    """Return slope and shift of the sigmoid that was worth having on each fold when fitted to the others."""
    churned, weights = table.churned[judged], table.weights[judged]
    if churned.sum() < FEWEST_TO_CALIBRATE or len(folds) < 2:
        return 1.0, 0.0
    of = np.repeat(np.arange(len(folds)), [len(fold.judge) for fold in folds])
    tried = np.array(logits)
    for fold in range(len(folds)):
        rest = of != fold
        slope, shift = _sigmoid(churned[rest], logits[rest], weights[rest])
        tried[~rest] = slope * logits[~rest] + shift
    gain = log_losses(churned, sigmoid(logits)) - log_losses(churned, sigmoid(tried))
    if not _is_sure(table, judged, gain):
        return 1.0, 0.0
    return _sigmoid(churned, logits, weights)


def _sigmoid(churned: FloatArray, logits: FloatArray, weights: FloatArray) -> tuple[float, float]:
    slope, shift = slope_and_intercept(churned, sigmoid(logits), weights[None, :])
    if not (np.isfinite(slope[0]) and np.isfinite(shift[0])):
        return 1.0, 0.0
    return float(np.clip(slope[0], FLATTEST, STEEPEST)), float(shift[0])


def _loss(table: Table, rows: Rows, logits: FloatArray) -> float:
    if not len(rows):
        return 0.0
    return float(np.average(log_losses(table.churned[rows], sigmoid(logits)), weights=table.weights[rows]))


def _share(table: Table, rows: Rows) -> float:
    return float(np.average(table.churned[rows], weights=table.weights[rows]))


def _joined(parts: Iterator[FloatArray]) -> FloatArray:
    found = list(parts)
    return np.concatenate(found) if found else np.empty(0)


def _shown(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.3f}"
