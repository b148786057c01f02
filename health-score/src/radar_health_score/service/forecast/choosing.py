"""Chooses what a model is made of by folds that go forward in time inside the known observations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from radar_health_score.domain.forecast.bootstrap import estimate, means_by_account
from radar_health_score.domain.forecast.calibration import log_losses, slope_and_intercept
from radar_health_score.domain.forecast.features import DIRECTIONS
from radar_health_score.domain.forecast.folds import Fold, forward_folds
from radar_health_score.domain.forecast.model import sigmoid
from radar_health_score.domain.forecast.observation import Observation
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.service.forecast.candidates import (
    FEATURE_SETS,
    ROUNDS,
    SHARES,
    STRENGTHS,
    Candidate,
    masked_features,
    simplest,
)
from radar_health_score.service.forecast.learner import Learner, Shape
from radar_vocabulary.answers.estimates import Estimate
from radar_vocabulary.language.messages import Sentence, message

FLATTEST: Final = 0.8
STEEPEST: Final = 1.25
FEWEST_TO_CALIBRATE: Final = 60
ALL_AT_ONCE: Final = message("all known outcomes have the same date, so none are left for testing")
UNSURE: Final = message(
    "on {ends} earlier contract ends ({churned} churned) it was not significantly better "
    "than the churn rate alone (log-loss gain {gain}, 95% interval {low} to {high})"
)
Rows = NDArray[np.intp]
Logits = dict[Candidate, FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """Observations as arrays: ``features`` (n, k), ``churned`` and ``weights`` (n,)."""

    observations: Sequence[Observation]
    features: FloatArray
    churned: FloatArray
    weights: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chosen:
    """What is as good as any on earlier data, and no less simple than it must be.

    Attributes:
        feature_set: place in LOOKS of what it looks at.
        judged: rows of the table that were judged by folds. ``said``: the probabilities said of them then, before
            calibration. ``base``: the share of churners known at each of those times.
    """

    feature_set: int
    strength: float
    tree_share: float
    shape: Shape
    slope: float
    shift: float
    judged: Rows
    said: FloatArray
    base: FloatArray


def choose(table: Table, learner: Learner, *, trees: bool) -> Chosen:
    """Return the choice of folds that go forward in time; ``trees``: whether there is enough for them."""
    folds = list(forward_folds(table.observations))
    judged = np.concatenate([fold.judge for fold in folds]) if folds else np.empty(0, np.intp)
    base = [np.full(len(fold.judge), _share(table, fold.learn)) for fold in folds]
    logits = _linear(table, folds, learner)
    chosen = _simplest(table, judged, logits)
    if trees:
        logits |= _mixed(table, folds, learner, logits, judged)
        chosen = _simplest(table, judged, logits)
    slope, shift = _calibration(table, folds, judged, logits[chosen])
    return Chosen(
        feature_set=chosen.feature_set, strength=chosen.strength, tree_share=chosen.tree_share,
        shape=replace(Shape(), rounds=chosen.rounds or Shape().rounds), slope=slope, shift=shift, judged=judged,
        said=sigmoid(logits[chosen]), base=_joined(iter(base)),
    )  # fmt: skip


def beats_base_rate(table: Table, chosen: Chosen) -> str | None:
    """Return why the model may not speak: on earlier data it didn't surely beat the base rate. None where it did."""
    rows = chosen.judged
    if not len(rows):
        return ALL_AT_ONCE.text
    churned = table.churned[rows]
    gain = log_losses(churned, chosen.base) - log_losses(churned, chosen.said)
    told = _mean(table, rows, gain)
    if told.low is not None and told.low > 0:
        return None
    return Sentence(
        UNSURE,
        ends=round(table.weights[rows].sum()),
        churned=round((table.weights[rows] * churned).sum()),
        gain=_shown(told.value),
        low=_shown(told.low),
        high=_shown(told.high),
    )


def _simplest(table: Table, rows: Rows, logits: Logits) -> Candidate:
    churned = table.churned[rows]
    losses = {one: log_losses(churned, sigmoid(said)) for one, said in logits.items()}
    return simplest(losses, _accounts(table, rows), table.weights[rows])


def _is_sure(table: Table, rows: Rows, gain: FloatArray) -> bool:
    low = _mean(table, rows, gain).low
    return low is not None and low > 0


def _mean(table: Table, rows: Rows, gain: FloatArray) -> Estimate:
    """Return the mean gain with its interval, accounts resampled."""
    return estimate(means_by_account(_accounts(table, rows), table.weights[rows], gain[:, None])[:, 0])


def _accounts(table: Table, rows: Rows) -> list[str]:
    return [table.observations[row].account_id for row in rows.tolist()]


def _linear(table: Table, folds: Sequence[Fold], learner: Learner) -> Logits:
    found = {}
    for feature_set, strength in product(range(len(FEATURE_SETS)), STRENGTHS):
        seen, said = masked_features(feature_set, table.features), []
        for learn, judge in folds:
            fitted = learner.linear(seen[learn], table.churned[learn], table.weights[learn], strength)
            said.append(fitted.logit(seen[judge]))
        found[Candidate(feature_set=feature_set, strength=strength)] = _joined(iter(said))
    return found


def _mixed(
    table: Table, folds: Sequence[Fold], learner: Learner, linear: Logits, judged: Rows
) -> dict[Candidate, FloatArray]:
    """Return mixes of trees with the regression: looking at what the simplest one does, and at everything."""
    found = {}
    for feature_set in {_simplest(table, judged, linear).feature_set, len(FEATURE_SETS) - 1}:
        beside = _simplest(
            table, judged, {one: said for one, said in linear.items() if one.feature_set == feature_set}
        )
        for rounds, grown in _grown(table, folds, learner, feature_set).items():
            for share in SHARES:
                mix = replace(beside, tree_share=share, rounds=rounds)
                found[mix] = (1 - share) * linear[beside] + share * grown
    return found


def _grown(table: Table, folds: Sequence[Fold], learner: Learner, feature_set: int) -> dict[int, FloatArray]:
    """Return the logits of each number of rounds: a long run holds the shorter ones."""
    seen, shape = masked_features(feature_set, table.features), replace(Shape(), rounds=max(ROUNDS))
    parts: dict[int, list[FloatArray]] = {rounds: [] for rounds in ROUNDS}
    for learn, judge in folds:
        weights = table.weights[learn]
        fitted = learner.trees(seen[learn], table.churned[learn], weights, shape, DIRECTIONS)
        for rounds in ROUNDS:
            parts[rounds].append(fitted.first(rounds).logit(seen[judge]))
    return {rounds: _joined(iter(logits)) for rounds, logits in parts.items()}


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


def _share(table: Table, rows: Rows) -> float:
    return float(np.average(table.churned[rows], weights=table.weights[rows]))


def _joined(parts: Iterator[FloatArray]) -> FloatArray:
    found = list(parts)
    return np.concatenate(found) if found else np.empty(0)


def _shown(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.3f}"
