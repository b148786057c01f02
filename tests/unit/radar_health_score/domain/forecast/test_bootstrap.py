import tracemalloc

import numpy as np
import pytest

from radar_health_score.domain.forecast.bootstrap import estimate, means_by_account, weights_by_account
from radar_health_score.domain.forecast.ranking import FloatArray


def drawn(accounts: list[str], draws: int = 50, cells: int = 10**6) -> FloatArray:
    return np.concatenate(list(weights_by_account(accounts, draws, cells=cells)))


def test_all_rows_of_an_account_are_drawn_together() -> None:
    weights = drawn(["a", "b", "a", "c"])
    assert weights.shape == (51, 4)
    assert (weights[:, 0] == weights[:, 2]).all()
    assert (weights[0] == 1).all()


def test_draws_depend_on_accounts_not_on_the_order_of_rows() -> None:
    one, other = drawn(["a", "b", "c"]), drawn(["c", "a", "b"])
    assert (one[:, [2, 0, 1]] == other).all()


def test_every_draw_has_as_many_accounts_as_there_are() -> None:
    weights = drawn(["a", "b", "c", "d"], draws=20)
    assert (weights.sum(axis=1) == 4).all()


@pytest.mark.parametrize("cells", [1, 30, 77, 1_000])
def test_slices_change_nothing(cells: int) -> None:
    accounts = [f"account-{at % 7}" for at in range(15)]
    assert (drawn(accounts, cells=cells) == drawn(accounts)).all()
    assert max(len(one) for one in weights_by_account(accounts, 50, cells=cells)) <= max(1, cells // 15)


def test_means_are_those_of_the_weights_drawn() -> None:
    generator = np.random.default_rng(1)
    accounts = [f"account-{at}" for at in generator.integers(0, 9, 40).tolist()]
    own, values = generator.random(40), generator.normal(size=(40, 2))
    weights = drawn(accounts) * own
    plain = (weights @ values) / weights.sum(axis=1, keepdims=True)
    assert means_by_account(accounts, own, values, draws=50) == pytest.approx(plain)


def test_many_rows_are_drawn_in_little_memory() -> None:
    accounts = [f"account-{at}" for at in range(20_000)]
    tracemalloc.start()
    for _ in weights_by_account(accounts, draws=300):  # 48 MB all at once
        pass
    means_by_account(accounts, np.ones(20_000), np.ones((20_000, 1)), draws=300)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 80e6


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
