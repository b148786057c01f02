from itertools import pairwise

import numpy as np
import pytest

from radar_health_score.domain.forecast.features import FEATURES, NAMES
from radar_health_score.service.forecast.candidates import FEATURE_SETS, Candidate, masked_features, simplest

SIMPLE = Candidate(feature_set=0, strength=0.01)
FREE = Candidate(feature_set=2, strength=0.1)
TREES = Candidate(feature_set=0, strength=0.01, tree_share=0.25, rounds=100)
ACCOUNTS = [f"account-{at}" for at in range(100)]
EVEN = np.ones(100)


def test_the_simplest_has_no_trees_then_looks_at_less_then_is_held_back_more() -> None:
    stronger = Candidate(feature_set=0, strength=0.1)
    assert sorted([TREES, FREE, stronger, SIMPLE]) == [SIMPLE, stronger, FREE, TREES]


def test_each_look_holds_those_before_it_and_the_last_one_everything() -> None:
    assert all(set(one) < set(more) for one, more in pairwise(FEATURE_SETS))
    features = np.ones((2, len(NAMES)))
    assert (masked_features(len(FEATURE_SETS) - 1, features) == features).all()
    seen = ~np.isnan(masked_features(0, features)[0])
    assert {feature.about for feature, one in zip(FEATURES, seen, strict=True) if one} == set(FEATURE_SETS[0])


def test_a_gain_that_luck_explains_leaves_the_simplest() -> None:
    noise = np.random.default_rng(1).normal(0, 1, 100)
    losses = {SIMPLE: EVEN + 0.05, FREE: EVEN + noise - noise.mean(), TREES: EVEN + 0.5}
    assert simplest(losses, ACCOUNTS, EVEN) == SIMPLE


def test_a_gain_beyond_luck_is_taken() -> None:
    noise = np.random.default_rng(1).normal(0, 1, 100)
    losses = {SIMPLE: EVEN + 0.3, FREE: EVEN + noise - noise.mean(), TREES: EVEN + 0.5}
    assert simplest(losses, ACCOUNTS, EVEN) == FREE


def test_a_hundred_observations_of_one_account_are_not_a_hundred_witnesses() -> None:
    gains = np.r_[np.full(80, 1.0), np.full(20, -1.0)]
    alone, together = ACCOUNTS, ["one"] * 80 + [f"account-{at}" for at in range(20)]
    losses = {SIMPLE: EVEN + gains, FREE: EVEN}
    assert simplest(losses, alone, EVEN) == FREE
    assert simplest(losses, together, EVEN) == SIMPLE


@pytest.mark.parametrize("best", [SIMPLE, FREE])
def test_observations_count_by_their_weight(best: Candidate) -> None:
    weights = np.r_[np.full(50, 10.0), np.ones(50)] if best == FREE else np.r_[np.ones(50), np.full(50, 10.0)]
    losses = {SIMPLE: np.r_[np.ones(50), np.zeros(50)], FREE: np.r_[np.zeros(50), np.ones(50)]}
    assert simplest(losses, ACCOUNTS, weights) == best


def test_where_nothing_could_be_tested_the_simplest_is_taken() -> None:
    assert simplest({FREE: np.empty(0), SIMPLE: np.empty(0)}, [], np.empty(0)) == SIMPLE
