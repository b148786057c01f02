"""The ``Learner`` of this installation: scikit-learn and LightGBM, or a sentence that names the extra."""

from importlib import import_module
from importlib.util import find_spec

from radar_chassis.errors import ConfigurationError
from radar_health_score.adapters.forecast.logistic import fit_logistic
from radar_health_score.adapters.forecast.trees import LightGbmTrees, fit_trees, load_trees
from radar_health_score.domain.forecast.features import NAMED
from radar_health_score.domain.forecast.linear import Linear
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.service.forecast.learner import Shape


class InstalledLearner:
    """``Learner`` with the libraries of the extra "forecast"."""

    def linear(
        self, features: FloatArray, churned: FloatArray, weights: FloatArray, strength: float
    ) -> Linear:
        """See ``Learner``."""
        _need("sklearn")
        return fit_logistic(features, churned, weights, strength, NAMED)

    def trees(
        self,
        features: FloatArray,
        churned: FloatArray,
        weights: FloatArray,
        shape: Shape,
        directions: tuple[int, ...],
    ) -> LightGbmTrees:
        """See ``Learner``."""
        _need("lightgbm")
        return fit_trees(features, churned, weights, shape, directions)


def installed_trees(text: str) -> LightGbmTrees:
    """Return loaded trees; raises ConfigurationError where LightGBM can't be used, ModelUnreadable."""
    _need("lightgbm")
    return load_trees(text)


def _need(library: str) -> None:
    if find_spec(library) is None:
        raise ConfigurationError("The forecast needs the extra: pip install 'renewal-radar[forecast]'.")
    try:
        import_module(library)
    except (ImportError, OSError) as error:
        raise ConfigurationError(
            f"{library} is installed and can't be loaded ({error}); where libgomp is missing, install it "
            "(Debian: apt install libgomp1)."
        ) from error
