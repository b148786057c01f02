"""How well risks rank: churners before those who stay.

Every measure takes weights for many draws at once, so that an interval costs little more than a value. Observations
of equal risk are one group: a group is counted whole or, where a cut goes through it, by its share. So nothing
depends on the order of rows.

Shapes: n observations, b draws. ``churned`` is 0 or 1.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Weights gathered in groups of equal risk, the highest risk first.

    Attributes:
        churned: (b, groups), weight of those who churned.
        every: (b, groups), weight of all.
    """

    churned: FloatArray
    every: FloatArray
    _order: NDArray[np.intp]
    _starts: NDArray[np.intp]

    @classmethod
    def of(cls, churned: FloatArray, risk: FloatArray, weights: FloatArray) -> Self:
        """Rank n observations under b draws; ``weights`` is (b, n)."""
        order = np.argsort(-risk, kind="stable")
        sorted_risk = risk[order]
        starts = np.flatnonzero(np.r_[True, sorted_risk[1:] != sorted_risk[:-1]])
        gathered = weights[:, order]
        return cls(
            churned=np.add.reduceat(gathered * churned[order], starts, axis=1),
            every=np.add.reduceat(gathered, starts, axis=1),
            _order=order,
            _starts=starts,
        )

    def gather(self, amounts: FloatArray) -> FloatArray:
        """Return ``amounts`` (b, n) summed by group: (b, groups)."""
        return np.add.reduceat(amounts[:, self._order], self._starts, axis=1)

    def taken(self, share: float) -> FloatArray:
        """Return which share of each group lies in the riskiest ``share`` of the weight: (b, groups)."""
        before = self.every.cumsum(axis=1) - self.every
        room = share * self.every.sum(axis=1, keepdims=True) - before
        return np.clip(np.nan_to_num(_ratio(room, self.every)), 0.0, 1.0)  # a draw may hold none of a group


def roc_auc(ranked: Ranked) -> FloatArray:
    """Return the chance that a churner ranks above one who stays, ties half (Mann-Whitney): (b,).

    NaN where a draw holds only one kind.
    """
    stayed = ranked.every - ranked.churned
    all_stayed = stayed.sum(axis=1, keepdims=True)
    below = all_stayed - stayed.cumsum(axis=1)
    wins = (ranked.churned * (below + stayed / 2)).sum(axis=1)
    return _ratio(wins, ranked.churned.sum(axis=1) * all_stayed[:, 0])


def average_precision(ranked: Ranked) -> FloatArray:
    """Return the precision at each group's cut, averaged by the churners it adds: (b,). NaN without churners."""
    precision = _ratio(ranked.churned.cumsum(axis=1), ranked.every.cumsum(axis=1))
    return _ratio((ranked.churned * np.nan_to_num(precision)).sum(axis=1), ranked.churned.sum(axis=1))


def precision_at(ranked: Ranked, share: float) -> FloatArray:
    """Return the share of churners among the riskiest ``share`` of observations: (b,)."""
    found = (ranked.taken(share) * ranked.churned).sum(axis=1)
    return _ratio(found, share * ranked.every.sum(axis=1))


def recall_at(ranked: Ranked, share: float) -> FloatArray:
    """Return the share of all churners that is among the riskiest ``share`` of observations: (b,)."""
    return _ratio((ranked.taken(share) * ranked.churned).sum(axis=1), ranked.churned.sum(axis=1))


def lift_at(ranked: Ranked, share: float) -> FloatArray:
    """Return ``precision_at`` in multiples of the share of churners among all: (b,)."""
    base = _ratio(ranked.churned.sum(axis=1), ranked.every.sum(axis=1))
    return _ratio(precision_at(ranked, share), base)


def amount_recall_at(ranked: Ranked, lost: FloatArray, share: float) -> FloatArray:
    """Return the share of the amount lost that is among the riskiest ``share`` of observations: (b,).

    ``lost`` is (b, n): weight x amount of those who churned, 0 for all others.
    """
    by_group = ranked.gather(lost)
    return _ratio((ranked.taken(share) * by_group).sum(axis=1), by_group.sum(axis=1))


def lift_curve(ranked: Ranked, steps: int = 100) -> FloatArray:
    """Return the share of churners among the riskiest 0, 1/steps, … all of the first draw: (steps + 1,)."""
    looked = np.r_[0.0, ranked.every[0].cumsum()]
    found = np.r_[0.0, ranked.churned[0].cumsum()]
    at = np.linspace(0, 1, steps + 1)
    return np.interp(at, _ratio(looked, looked[-1:]), _ratio(found, found[-1:]))


def _ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: FloatArray = np.where(whole > 0, part / whole, np.nan)
    return ratio
