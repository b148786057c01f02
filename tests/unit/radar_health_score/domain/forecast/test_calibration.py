import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss
from sklearn.metrics import log_loss as reference_log_loss

from radar_health_score.domain.forecast.calibration import (
    brier,
    expected_calibration_error,
    log_loss,
    reliability,
    slope_and_intercept,
)

rows = st.lists(
    st.tuples(st.booleans(), st.floats(0.01, 0.99), st.integers(1, 3)), min_size=2, max_size=40
).filter(lambda found: len({one[0] for one in found}) == 2)


@given(rows)
def test_brier_and_log_loss_agree_with_scikit_learn(found: list[tuple[bool, float, int]]) -> None:
    churned, said, weights = (np.array(column, float) for column in zip(*found, strict=True))
    expected = brier_score_loss(churned, said, sample_weight=weights)
    assert brier(churned, said, weights[None])[0] == pytest.approx(expected)
    expected = reference_log_loss(churned, said, sample_weight=weights)
    assert log_loss(churned, said, weights[None])[0] == pytest.approx(expected)


def test_the_slope_agrees_with_a_logistic_regression() -> None:
    generator = np.random.default_rng(4)
    x = generator.normal(-1, 1.5, 600)
    churned = (generator.random(600) < 1 / (1 + np.exp(-(0.3 + 0.6 * x)))).astype(float)
    weights = generator.integers(0, 3, (3, 600)).astype(float)
    slope, intercept = slope_and_intercept(churned, 1 / (1 + np.exp(-x)), weights)
    for at in range(3):
        fitted = LogisticRegression(C=np.inf, tol=1e-10).fit(x[:, None], churned, sample_weight=weights[at])
        assert slope[at] == pytest.approx(fitted.coef_[0, 0], abs=1e-4)
        assert intercept[at] == pytest.approx(fitted.intercept_[0], abs=1e-4)


def test_probabilities_that_are_too_bold_have_a_slope_below_one() -> None:
    generator = np.random.default_rng(1)
    x = generator.normal(0, 1, 4000)
    churned = (generator.random(4000) < 1 / (1 + np.exp(-x))).astype(float)
    bold = 1 / (1 + np.exp(-2 * x))
    slope, _ = slope_and_intercept(churned, bold, np.ones((1, 4000)))
    assert slope[0] == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("churned", "said"),
    [([0, 0, 0], [0.1, 0.2, 0.3]), ([0, 1, 0], [0.3, 0.3, 0.3]), ([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9])],
    ids=["one kind only", "one probability only", "both kinds apart"],
)
def test_where_no_line_fits_there_is_no_slope(churned: list[int], said: list[float]) -> None:
    slope, intercept = slope_and_intercept(np.array(churned, float), np.array(said), np.ones((1, len(said))))
    assert np.isnan(slope[0])
    assert np.isnan(intercept[0])


def test_the_calibration_error_is_the_gap_weighted_by_how_many_there_are() -> None:
    churned, said = np.array([1.0, 0.0, 0.0, 0.0]), np.array([0.95, 0.05, 0.05, 0.05])
    assert expected_calibration_error(churned, said, np.ones((1, 4)))[0] == pytest.approx(0.05)
    wrong = expected_calibration_error(1 - churned, said, np.ones((1, 4)))
    assert wrong[0] == pytest.approx(0.95)


def test_bins_hold_what_was_said_and_what_happened() -> None:
    churned, said = np.array([1.0, 0.0, 0.0, 1.0]), np.array([1.0, 0.99, 0.31, 0.33])
    low, high = reliability(churned, said)
    assert (low.low, low.high, low.n, low.churned) == (0.3, 0.4, 2, 0.5)
    assert low.said == pytest.approx(0.32)
    assert (high.n, high.high) == (2, 1.0)
