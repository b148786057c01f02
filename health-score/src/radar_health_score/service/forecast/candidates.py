"""What a model may be made of, from the simplest on, and which of them to take: the simplest that is as good as any.

The folds' losses are those of a few hundred outcomes: of many candidates the best one there is partly luck, and the
freer it is, the more of it. So the simplest within one standard error of the best is taken (Breiman, Friedman, Olshen
and Stone 1984), the error being that of the difference, accounts resampled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from radar_health_score.domain.forecast.bootstrap import means_by_account
from radar_health_score.domain.forecast.features import FEATURES
from radar_health_score.domain.forecast.ranking import FloatArray

CORE: Final = ("silence", "use", "contract")
FEATURE_SETS: Final[tuple[tuple[str, ...], ...]] = (
    CORE,
    (*CORE, "people"),
    tuple(dict.fromkeys(feature.about for feature in FEATURES)),
)
STRENGTHS: Final = (0.01, 0.03)
SHARES: Final = (0.25, 0.5)
ROUNDS: Final = (100, 200)
_ABOUT: Final = np.array([feature.about for feature in FEATURES])


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Candidate:
    """A way to make a model; they compare by how simple they are, the simplest first.

    Attributes:
        tree_share: of the logit; 0 is a logistic regression alone.
        feature_set: place in LOOKS of what it looks at: each holds those before it.
        strength: of the regression, see ``Learner``. ``rounds``: of the trees.
    """

    tree_share: float = 0.0
    feature_set: int
    strength: float
    rounds: int = 0


def masked_features(feature_set: int, features: FloatArray) -> FloatArray:
    """Return the features (n, k) with NaN for all that isn't looked at: a learner makes nothing of what nobody has."""
    seen: FloatArray = np.where(np.isin(_ABOUT, FEATURE_SETS[feature_set]), features, np.nan)
    return seen


def simplest(
    losses: Mapping[Candidate, FloatArray], accounts: Sequence[str], weights: FloatArray
) -> Candidate:
    """Return the simplest candidate whose mean loss is within one standard error of the least.

    ``losses`` are (n,) each, of the same observations of ``accounts``, which count by ``weights`` (n,).
    """
    candidates = sorted(losses)
    if not accounts:
        return candidates[0]
    table = np.column_stack([losses[one] for one in candidates])
    best = int((weights @ table).argmin())
    means = means_by_account(accounts, weights, table - table[:, [best]])
    alike = means[0] <= means[1:].std(axis=0)
    return candidates[int(alike.argmax())]
