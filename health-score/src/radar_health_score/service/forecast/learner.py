"""What learning needs from the libraries that fit models."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from radar_health_score.domain.forecast.linear import Linear
from radar_health_score.domain.forecast.model import Trees
from radar_health_score.domain.forecast.ranking import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How boosted trees grow. Defaults of libraries overfit a few hundred outcomes; these are for such data.

    Splits are drawn at random and the best of them taken (extremely randomised trees: Geurts, Ernst and Wehenkel 2006),
    which many alike features need more than anything else.

    Attributes:
        in_leaf: fewest observations of a leaf. ``columns``, ``rows``: share of them that a tree sees.
    """

    leaves: int = 6
    rate: float = 0.03
    rounds: int = 200
    in_leaf: int = 20
    columns: float = 0.3
    rows: float = 0.7


class GrownTrees(Trees, Protocol):
    """Trees just fitted."""

    def text(self) -> str:
        """Return what is stored."""
        ...

    def first(self, rounds: int) -> "GrownTrees":
        """Return the same with only the first ``rounds`` rounds."""
        ...


class Learner(Protocol):
    """Fits models. The same rows in the same order give the same model."""

    def linear(
        self, features: FloatArray, churned: FloatArray, weights: FloatArray, strength: float
    ) -> Linear:
        """Return a logistic regression; the smaller ``strength``, the more it is held back."""
        ...

    def trees(
        self,
        features: FloatArray,
        churned: FloatArray,
        weights: FloatArray,
        shape: Shape,
        directions: tuple[int, ...],
    ) -> GrownTrees:
        """Return boosted trees; ``directions`` are 1, -1 or 0 for each feature."""
        ...


LoadTrees = Callable[[str], Trees]
