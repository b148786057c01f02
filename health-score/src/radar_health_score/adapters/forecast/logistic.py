"""Logistic regression with an L2 penalty by scikit-learn."""

from collections.abc import Sequence

from radar_health_score.domain.forecast.linear import Linear, Scaling
from radar_health_score.domain.forecast.ranking import FloatArray


def fit_logistic(
    features: FloatArray,
    churned: FloatArray,
    weights: FloatArray,
    strength: float,
    named: Sequence[int] = (),
) -> Linear:
    """Return the regression fitted to vectors (n, k), outcomes (n,) and weights (n,).

    ``strength`` is scikit-learn's C: the smaller, the closer all weights are to 0. ``named``: see ``Scaling.of``.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - an extra, slow to import

    scaling = Scaling.of(features, weights, named)
    fitted = LogisticRegression(C=strength, max_iter=5000, tol=1e-6).fit(
        scaling.apply(features), churned, sample_weight=weights
    )
    return Linear(scaling=scaling, weights=tuple(fitted.coef_[0].tolist()), base=float(fitted.intercept_[0]))
