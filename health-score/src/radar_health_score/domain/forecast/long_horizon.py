"""Shrinkage of a model's logit for renewals further off than those it learned from.

The further off a renewal, the less today's behaviour predicts it. So the logit shrinks toward the churn rate of such
renewals, by as much as past ones at such leads show. A renewal is far off because of its date, or because another
renewal comes before it. Customers who renewed once differ from those who never did, so each kind has a shrinkage of
its own. With too few past renewals, a model makes no prediction beyond LONGEST_LEAD.
"""

from math import exp, log
from typing import Final

import numpy as np

from radar_health_score.domain.forecast.features import LONGEST_LEAD
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_vocabulary.answers.models import HorizonShrinkage, LongHorizon

LONGEST_LEARNED: Final = 90
DAYS: Final = tuple(
    float(days) for days in (30, 45, 60, 90, 120, 180, 270, 365, 540, 730, 1_095, 2_190, 1_000_000)
)
_LEAST_KEPT: Final = 0.05
_FURTHEST: Final = 8.0  # logit


class Shrinkage(HorizonShrinkage, frozen=True, kw_only=True):
    """logit at a lead = k x logit + (1 - k) x ``base``, with k = exp(-(lead - LONGEST_LEARNED) / ``days``).

    Attributes:
        base: logit of the share of such renewals that churned.
    """

    base: float
    days: float

    def kept(self, leads: FloatArray) -> FloatArray:
        """Return k of each lead, 1 up to LONGEST_LEARNED: (n,) -> (n,)."""
        kept: FloatArray = np.exp(-np.maximum(leads - LONGEST_LEARNED, 0.0) / self.days)
        return kept

    def kept_at(self, lead: int) -> float:
        """Return k of one lead."""
        return exp(-max(lead - LONGEST_LEARNED, 0) / self.days)

    def logit(self, logits: FloatArray, leads: FloatArray) -> FloatArray:
        """Return the logits at these leads: (n,), (n,) -> (n,)."""
        kept = self.kept(leads)
        return kept * logits + (1 - kept) * self.base


class LongHorizonShrinkage(LongHorizon, frozen=True, kw_only=True):
    """How far ahead a model predicts, and its shrinkage there.

    Attributes:
        until: the longest lead, in days, that it predicts.
        own: the shrinkage of the next renewal; None where none was learned.
        later: on those after it, once that has come about; None: the same probability again.
    """

    until: int = LONGEST_LEAD
    own: Shrinkage | None = None
    later: Shrinkage | None = None

    def kept(self, leads: FloatArray) -> FloatArray:
        """Return the share of the model's logit that is left at each lead, NaN beyond ``until``: (n,) -> (n,)."""
        kept = np.ones(len(leads)) if self.own is None else self.own.kept(leads)
        return np.where(leads > self.until, np.nan, kept)

    @property
    def base(self) -> float:
        """The logit that takes the rest."""
        return 0.0 if self.own is None else self.own.base

    def again(self, probability: float, lead: int, term_days: int | None) -> float | None:
        """Return the probability of each renewal after one that the model predicted ``lead`` days before it.

        None where it is the same. That also holds beyond ``until``, where there is no prediction.
        """
        if self.later is None or not term_days or lead > self.until:
            return None
        p = min(max(probability, 1e-6), 1 - 1e-6)
        kept = 1.0 if self.own is None else max(self.own.kept_at(lead), _LEAST_KEPT)
        near = (log((1 - p) / p) - (1 - kept) * self.base) / kept
        near = min(max(near, -_FURTHEST), _FURTHEST)
        kept = self.later.kept_at(lead + term_days)
        return 1 / (1 + exp(kept * near + (1 - kept) * self.later.base))


NO_LONG_HORIZON: Final = LongHorizonShrinkage()


def fit_shrinkage(
    logits: FloatArray, leads: FloatArray, churned: FloatArray, weights: FloatArray
) -> Shrinkage:
    """Return the shrinkage with the least log loss on past renewals, (n,) each, both outcomes among them.

    The slowest one of DAYS that is as good as any within a thousandth.
    """
    share = float(np.average(churned, weights=weights))
    base = float(np.log(share / (1 - share)))
    pulls = [Shrinkage(base=base, days=days) for days in DAYS]
    losses = []
    for pull in pulls:
        said = pull.logit(logits, leads)
        losses.append(float(np.average(np.logaddexp(0.0, said) - churned * said, weights=weights)))
    return [one for one, loss in zip(pulls, losses, strict=True) if loss <= min(losses) + 0.001][-1]
