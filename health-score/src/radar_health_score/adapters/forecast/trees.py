"""Boosted trees by LightGBM, as its own text format: monotone where the direction is beyond doubt.

Deterministic: rows are sorted by the caller, seeds are set, and sums are taken row by row.
"""

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from radar_health_score.domain.forecast.model import ModelUnreadable
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.service.forecast.learner import Shape

if TYPE_CHECKING:
    import lightgbm

THREADS: Final = 2
ROWS_FOR_THREADS: Final = 20_000  # below, threads wait for one another longer than they work
_FIXED: Final[dict[str, Any]] = {
    "objective": "binary",
    "lambda_l2": 5.0,
    "extra_trees": True,
    "verbose": -1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 20_191_126,
    "bagging_freq": 1,
}


class LightGbmTrees:
    """``Trees`` in memory; ``rounds`` uses only the first so many."""

    def __init__(self, booster: "lightgbm.Booster", rounds: int | None = None) -> None:
        self._booster = booster
        self._rounds = rounds

    def logit(self, features: FloatArray) -> FloatArray:
        """See ``Trees``."""
        found: FloatArray = np.asarray(self._predict(features, raw_score=True))
        return found

    def contributions(self, features: FloatArray) -> FloatArray:
        """See ``Trees``."""
        found: FloatArray = np.asarray(self._predict(features, pred_contrib=True))
        return found

    def text(self) -> str:
        """Return LightGBM's text format."""
        found: str = self._booster.model_to_string(num_iteration=self._rounds)
        return found

    def first(self, rounds: int) -> "LightGbmTrees":
        """Return the same with only the first ``rounds`` rounds."""
        return LightGbmTrees(self._booster, rounds)

    def _predict(self, features: FloatArray, **how: Any) -> Any:
        threads = _threads(len(features))
        return self._booster.predict(features, num_iteration=self._rounds, num_threads=threads, **how)


def fit_trees(
    features: FloatArray, churned: FloatArray, weights: FloatArray, shape: Shape, directions: tuple[int, ...]
) -> LightGbmTrees:
    """Return trees fitted to vectors (n, k), outcomes (n,) and weights (n,)."""
    import lightgbm as lgb  # noqa: PLC0415 - an extra, and 60 MB that a process without a model needn't carry

    data = lgb.Dataset(features, churned, weight=weights, free_raw_data=True)
    settings = _FIXED | {
        "num_threads": _threads(len(features)),
        "num_leaves": shape.leaves,
        "learning_rate": shape.rate,
        "min_data_in_leaf": shape.in_leaf,
        "feature_fraction": shape.columns,
        "bagging_fraction": shape.rows,
        "monotone_constraints": list(directions),
    }
    return LightGbmTrees(lgb.train(settings, data, shape.rounds))


def load_trees(text: str) -> LightGbmTrees:
    """Return the trees in LightGBM's text format; raises ModelUnreadable."""
    import lightgbm as lgb  # noqa: PLC0415

    try:
        return LightGbmTrees(lgb.Booster(model_str=text))
    except lgb.basic.LightGBMError as error:
        raise ModelUnreadable(
            "The model's trees can't be read; roll back to another version, or train anew."
        ) from error


def _threads(rows: int) -> int:
    return THREADS if rows >= ROWS_FOR_THREADS else 1
