"""A regularised logistic regression as numbers: kept as JSON, computed with numpy alone.

Each feature enters by its rank among those of training, so that a customer unlike any other isn't taken further than
the data go, and no one scale rules. Missing values take the middle rank, and say so in a column of their own where
any were missing in training. A feature that stands for a name has no rank: each name that is common enough has a
column.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from msgspec import Struct

from radar_health_score.domain.forecast.ranking import FloatArray

KNOTS: Final = 64
UNRANKED: Final = 0.5
FEWEST_OF_A_NAME: Final = 20.0  # contract ends, as for a model at all


class Rank(Struct, frozen=True, kw_only=True):
    """The ranks of one feature in training: values ascending, and the share of training below each (ties half).

    Between values ranks are read off a straight line; beyond them they stay.
    """

    values: tuple[float, ...]
    shares: tuple[float, ...]

    @classmethod
    def of(cls, column: FloatArray) -> "Rank":
        """Return the ranks of the values (n,) that aren't missing; at most KNOTS of them are kept."""
        known = np.sort(column[~np.isnan(column)])
        values = np.unique(known)
        if len(values) > KNOTS:
            values = np.unique(values[np.linspace(0, len(values) - 1, KNOTS).round().astype(np.int64)])
        below, upto = np.searchsorted(known, values), np.searchsorted(known, values, side="right")
        shares = (below + upto) / 2 / max(1, len(known))
        return cls(values=tuple(values.tolist()), shares=tuple(shares.tolist()))

    def apply(self, column: FloatArray) -> FloatArray:
        """Return the rank of each value, from 0 to 1; a half where it is missing."""
        if not self.values:
            return np.full(len(column), UNRANKED)
        ranks = np.interp(column, self.values, self.shares)
        return np.where(np.isnan(column), UNRANKED, ranks)


class Named(Struct, frozen=True, kw_only=True):
    """A value of a feature that stands for a name, and its share in training."""

    feature: int
    value: float
    share: float


class Scaling(Struct, frozen=True, kw_only=True):
    """How vectors of k features are brought to the same scale.

    Attributes:
        ranks: of each feature. ``centre``, ``spread``: of the ranks in training, (k,) each.
        told_missing: features for which being missing is a column of its own, after the k.
        missing_share: of each of those in training.
        names: that have a column each, after those for missing.
    """

    ranks: tuple[Rank, ...]
    centre: tuple[float, ...]
    spread: tuple[float, ...]
    told_missing: tuple[int, ...]
    missing_share: tuple[float, ...]
    names: tuple[Named, ...] = ()

    @classmethod
    def of(cls, features: FloatArray, weights: FloatArray, named: Sequence[int] = ()) -> "Scaling":
        """Return the scaling of these vectors (n, k), each counting by its weight (n,).

        ``named``: features whose values stand for names.
        """
        ranks = tuple(
            Rank(values=(), shares=()) if at in named else Rank.of(column)
            for at, column in enumerate(features.T)
        )
        ranked = _ranked(ranks, features)
        share = weights / weights.sum()
        # Exactly what ``Rank.apply`` gives where nobody has the feature, so that it adds exactly nothing.
        centre = np.where([bool(one.values) for one in ranks], share @ ranked, UNRANKED)
        spread = np.sqrt(share @ (ranked - centre) ** 2)
        missing = np.isnan(features)
        parts = share @ missing
        told = np.flatnonzero(missing.any(axis=0) & ~missing.all(axis=0))
        return cls(
            ranks=ranks,
            centre=tuple(centre.tolist()),
            spread=tuple(np.where(spread > 1e-9, spread, 1.0).tolist()),
            told_missing=tuple(told.tolist()),
            missing_share=tuple(parts[told].tolist()),
            names=tuple(one for at in named for one in _names(at, features[:, at], weights)),
        )

    @property
    def flags(self) -> tuple[int, ...]:
        """The feature of each column after the k."""
        return (*self.told_missing, *(name.feature for name in self.names))

    def apply(self, features: FloatArray) -> FloatArray:
        """Return (n, k + columns for missing and for names), standardised."""
        scaled = (_ranked(self.ranks, features) - np.array(self.centre)) / np.array(self.spread)
        share = np.array([*self.missing_share, *(name.share for name in self.names)])
        missing = np.isnan(features[:, list(self.told_missing)])
        called = features[:, [name.feature for name in self.names]] == [name.value for name in self.names]
        flags = (np.hstack([missing, called]) - share) / np.sqrt(share * (1 - share))
        joined: FloatArray = np.hstack([scaled, flags])
        return joined


class Linear(Struct, frozen=True, kw_only=True):
    """The logit of churn: ``base`` + ``weights`` · scaled features."""

    scaling: Scaling
    weights: tuple[float, ...]
    base: float

    def logit(self, features: FloatArray) -> FloatArray:
        """Return the logit of each vector: (n, k) -> (n,)."""
        found: FloatArray = self.scaling.apply(features) @ np.array(self.weights) + self.base
        return found

    def contributions(self, features: FloatArray) -> FloatArray:
        """Return what each feature adds to ``base``: (n, k); being missing and names count as the feature's own."""
        parts: FloatArray = self.scaling.apply(features) * np.array(self.weights)
        found: FloatArray = parts[:, : features.shape[1]].copy()
        for place, feature in enumerate(self.scaling.flags):
            found[:, feature] += parts[:, features.shape[1] + place]
        return found


def _ranked(ranks: tuple[Rank, ...], features: FloatArray) -> FloatArray:
    return np.column_stack([one.apply(column) for one, column in zip(ranks, features.T, strict=True)])


def _names(feature: int, column: FloatArray, weights: FloatArray) -> Iterator[Named]:
    """Yield the values that weigh at least FEWEST_OF_A_NAME, and leave something to be told apart from."""
    known = ~np.isnan(column)
    values, at = np.unique(column[known], return_inverse=True)
    weighs = np.bincount(at, weights[known], minlength=len(values))
    if len(values) == 1 and known.all():
        return
    for place in np.flatnonzero(weighs >= FEWEST_OF_A_NAME).tolist():
        share = float(weighs[place] / weights.sum())
        yield Named(feature=feature, value=float(values[place]), share=share)
