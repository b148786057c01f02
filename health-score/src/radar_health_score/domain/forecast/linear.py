"""A regularised logistic regression as numbers: kept as JSON, computed with numpy alone.

Missing values take the median of training, and say so in a column of their own where any were missing then.
Standardised values are cut at CLIP, so that a customer unlike any other isn't taken further than the data go.
"""

from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from radar_health_score.domain.forecast.ranking import FloatArray

CLIP: Final = 4.0


class Scaling(Struct, frozen=True, kw_only=True):
    """How vectors of k features are brought to the same scale.

    Attributes:
        fill, centre, spread: (k,) each; what stands for a missing value, what is subtracted, what it is divided by.
        told_missing: features for which being missing is a column of its own, after the k.
        missing_share: of each of those in training.
    """

    fill: tuple[float, ...]
    centre: tuple[float, ...]
    spread: tuple[float, ...]
    told_missing: tuple[int, ...]
    missing_share: tuple[float, ...]

    @classmethod
    def of(cls, features: FloatArray, weights: FloatArray) -> "Scaling":
        """Return the scaling of these vectors (n, k), each counting by its weight (n,)."""
        missing = np.isnan(features)
        fill = np.array([_median(column) for column in features.T])
        filled = np.where(missing, fill, features)
        share = weights / weights.sum()
        centre = share @ filled
        spread = np.sqrt(share @ (filled - centre) ** 2)
        parts = share @ missing
        told = tuple(np.flatnonzero((parts > 0) & (parts < 1)).tolist())
        return cls(
            fill=tuple(fill.tolist()),
            centre=tuple(centre.tolist()),
            spread=tuple(np.where(spread > 1e-9, spread, 1.0).tolist()),
            told_missing=told,
            missing_share=tuple(parts[list(told)].tolist()),
        )

    def apply(self, features: FloatArray) -> FloatArray:
        """Return (n, k + columns for missing), standardised."""
        missing = np.isnan(features)
        filled = np.where(missing, np.array(self.fill), features)
        scaled = np.clip((filled - np.array(self.centre)) / np.array(self.spread), -CLIP, CLIP)
        share = np.array(self.missing_share)
        flags = (missing[:, list(self.told_missing)] - share) / np.sqrt(share * (1 - share))
        joined: FloatArray = np.hstack([scaled, np.clip(flags, -CLIP, CLIP)])
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
        """Return what each feature adds to ``base``: (n, k); being missing counts as the feature's own."""
        parts: FloatArray = self.scaling.apply(features) * np.array(self.weights)
        found: FloatArray = parts[:, : features.shape[1]].copy()
        for place, feature in enumerate(self.scaling.told_missing):
            found[:, feature] += parts[:, features.shape[1] + place]
        return found


def _median(column: NDArray[np.float64]) -> float:
    known = column[~np.isnan(column)]
    return float(np.median(known)) if len(known) else 0.0
