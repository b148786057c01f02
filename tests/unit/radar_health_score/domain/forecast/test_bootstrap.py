import numpy as np
import pytest

from radar_health_score.domain.forecast.bootstrap import estimate, weights_by_account


def test_all_rows_of_an_account_are_drawn_together() -> None:
    weights = weights_by_account(["a", "b", "a", "c"], draws=50)
    assert weights.shape == (51, 4)
    assert (weights[:, 0] == weights[:, 2]).all()
    assert (weights[0] == 1).all()


def test_draws_depend_on_accounts_not_on_the_order_of_rows() -> None:
    one, other = weights_by_account(["a", "b", "c"]), weights_by_account(["c", "a", "b"])
    assert (one[:, [2, 0, 1]] == other).all()


def test_every_draw_has_as_many_accounts_as_there_are() -> None:
    weights = weights_by_account(["a", "b", "c", "d"], draws=20)
    assert (weights.sum(axis=1) == 4).all()


def test_an_interval_holds_most_draws() -> None:
    values = np.r_[0.5, np.linspace(0, 1, 1001)]
    found = estimate(values)
    assert (found.value, found.low, found.high) == pytest.approx((0.5, 0.025, 0.975))


def test_without_a_value_there_is_no_interval() -> None:
    assert estimate(np.array([np.nan, 1.0, 2.0])).low is None


def test_where_many_draws_have_no_answer_there_is_no_interval() -> None:
    values = np.r_[0.5, np.full(50, np.nan), np.linspace(0, 1, 50)]
    found = estimate(values)
    assert (found.value, found.low, found.high) == (0.5, None, None)
