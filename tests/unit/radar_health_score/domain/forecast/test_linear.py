import msgspec
import numpy as np
import pytest

from radar_health_score.domain.forecast.linear import KNOTS, Linear, Rank, Scaling


def test_a_value_enters_by_its_rank_and_ties_share_theirs() -> None:
    rank = Rank.of(np.array([3.0, 1.0, 1.0, np.nan, 10.0]))
    assert rank.apply(np.array([1.0, 3.0, 10.0])) == pytest.approx([0.25, 0.625, 0.875])


def test_what_is_missing_takes_the_middle_and_what_is_further_out_goes_no_further() -> None:
    rank = Rank.of(np.arange(1000.0))
    assert len(rank.values) == KNOTS
    assert rank.apply(np.array([np.nan])) == pytest.approx([0.5])
    assert rank.apply(np.array([-1e9, 1e9])) == pytest.approx(rank.apply(np.array([0.0, 999.0])))
    assert rank.apply(np.array([500.0])) == pytest.approx([0.5], abs=0.01)


def test_a_feature_nobody_has_stays_silent() -> None:
    assert Rank.of(np.array([np.nan, np.nan])).apply(np.array([1.0, np.nan])).tolist() == [0.5, 0.5]


def test_being_missing_has_a_column_of_its_own_and_parts_add_up() -> None:
    features = np.array([[1.0, np.nan], [2.0, 5.0], [3.0, 7.0], [4.0, np.nan]])
    scaling = Scaling.of(features, np.ones(4))
    assert scaling.told_missing == (1,)
    assert scaling.apply(features).mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-12)
    linear = Linear(scaling=scaling, weights=(0.5, -1.0, 2.0), base=-0.3)
    parts = linear.contributions(features)
    assert parts.shape == features.shape
    assert parts.sum(axis=1) - 0.3 == pytest.approx(linear.logit(features))


def test_a_feature_that_nobody_had_in_training_adds_exactly_nothing_when_somebody_has() -> None:
    weights = np.random.default_rng(1).random(999)
    features = np.column_stack([np.arange(999.0), np.full(999, np.nan)])
    scaling = Scaling.of(features, weights)
    assert scaling.told_missing == ()
    assert scaling.apply(np.array([[5.0, 7.0], [5.0, np.nan]]))[:, 1].tolist() == [0.0, 0.0]


def test_it_is_kept_as_json_to_the_last_bit() -> None:
    features = np.random.default_rng(1).normal(size=(200, 3))
    linear = Linear(scaling=Scaling.of(features, np.ones(200)), weights=(0.1, 0.2, 0.3), base=0.7)
    again = msgspec.json.decode(msgspec.json.encode(linear), type=Linear)
    assert again == linear
    assert (again.logit(features) == linear.logit(features)).all()


def test_a_name_that_is_common_enough_has_a_column_and_no_order() -> None:
    product = np.r_[np.full(40, 0.9), np.full(30, 0.1), np.full(5, 0.5), [np.nan] * 5]
    features = np.column_stack([np.arange(80.0), product])
    scaling = Scaling.of(features, np.ones(80), named=(1,))
    assert [(one.feature, one.value) for one in scaling.names] == [(1, 0.1), (1, 0.9)]
    linear = Linear(scaling=scaling, weights=(0.5, 3.0, 0.0, 1.0, -1.0), base=0.0)
    parts = linear.contributions(features)
    assert parts.sum(axis=1) == pytest.approx(linear.logit(features))
    assert parts[0, 1] < parts[79, 1] < parts[40, 1]
    unheard_of = np.array([[0.0, 0.2], [0.0, 0.5]])
    assert len(set(linear.contributions(unheard_of)[:, 1].tolist())) == 1


def test_a_name_that_all_share_tells_nothing() -> None:
    assert Scaling.of(np.full((50, 1), 0.3), np.ones(50), named=(0,)).names == ()
