"""What a word is worth far off.

By hand, with a pull toward a share of 20% (logit -1.3863) that takes half of the logit every 100 x ln 2 = 69.3 days
(``days`` 100): a churn of 60% (logit 0.4055) foretold 190 days before keeps e^-1 = 36.79% of its logit, so that
0.3679 x 0.4055 - 0.6321 x 1.3863 = -0.7271, a churn of 32.58%.
"""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.forecast.features import FEATURES_HASH, NAMES
from radar_health_score.domain.forecast.linear import Linear, Scaling
from radar_health_score.domain.forecast.long_horizon import (
    DAYS,
    LongHorizonShrinkage,
    Shrinkage,
    fit_shrinkage,
)
from radar_health_score.domain.forecast.model import FittedModel, Model

FIFTH = Shrinkage(base=log(0.25), days=100.0)
FAR = LongHorizonShrinkage(until=360, own=FIFTH, later=Shrinkage(base=log(1 / 9), days=200.0))
SEEN = np.random.default_rng(1).normal(size=(50, len(NAMES)))
WATCHED = NAMES.index("watched_days")


def fitted(long_horizon: LongHorizonShrinkage) -> FittedModel:
    scaling = Scaling.of(SEEN, np.ones(50))
    linear = Linear(scaling=scaling, weights=(0.1,) * len(NAMES), base=-1.0)
    return FittedModel(
        model=Model(features_hash=FEATURES_HASH, features=NAMES, linear=linear, long_horizon=long_horizon)
    )


def known(rows: int) -> np.ndarray:
    features = np.random.default_rng(2).normal(size=(rows, len(NAMES)))
    features[:, WATCHED] = np.log1p(364)
    return features


def share(logit: float) -> float:
    return 1 / (1 + exp(-logit))


def test_a_word_is_drawn_toward_the_usual_share_as_worked_out_by_hand() -> None:
    (pulled,) = FIFTH.logit(np.array([log(1.5)]), np.array([190.0]))
    assert share(float(pulled)) == pytest.approx(0.3258, abs=1e-4)


def test_near_renewals_are_left_as_they_are() -> None:
    features, leads = known(3), np.array([0.0, 30.0, 90.0])
    assert fitted(FAR).churn(features, leads) == pytest.approx(fitted(LongHorizonShrinkage()).churn(features))


def test_a_model_is_silent_beyond_what_it_has_seen() -> None:
    features = known(4)
    assert np.isnan(fitted(LongHorizonShrinkage()).churn(features, np.array([90.0, 120.0, 121.0, 400.0]))).tolist() == [
        False, False, True, True,
    ]  # fmt: skip
    assert np.isnan(fitted(FAR).churn(features, np.array([90.0, 121.0, 360.0, 361.0]))).tolist() == [
        False, False, False, True,
    ]  # fmt: skip


def test_reasons_add_up_to_what_is_said_far_off_too() -> None:
    features, leads = known(5), np.array([20.0, 91.0, 180.0, 270.0, 360.0])
    model = fitted(FAR)
    total = model.contributions(features, leads).sum(axis=1)
    assert 1 / (1 + np.exp(-total)) == pytest.approx(model.churn(features, leads))


def test_who_renews_once_is_asked_again_with_what_is_known_of_such() -> None:
    # 30 days before, 60% renew. 365 later, 395 before that renewal, e^-(305/200) = 21.76% of the logit are left:
    # 0.2176 x ln(0.4 / 0.6) - 0.7824 x ln 9 = -1.8073, a churn of 14.09%.
    assert FAR.again(0.6, 30, 365) == pytest.approx(1 - 0.1409, abs=1e-4)
    assert FAR.again(0.6, 30, None) is None
    assert FAR.again(0.6, FAR.until, 365) is not None
    assert FAR.again(0.6, FAR.until + 1, 365) is None
    assert LongHorizonShrinkage().again(0.6, 30, 365) is None


@given(st.floats(-4, 4), st.integers(0, 300), st.integers(28, 400))
def test_what_was_said_far_off_is_taken_back_before_it_is_said_of_later(
    logit: float, lead: int, term: int
) -> None:
    (said,) = FIFTH.logit(np.array([logit]), np.array([float(lead)]))
    assert FAR.later is not None
    (expected,) = FAR.later.logit(np.array([logit]), np.array([float(lead + term)]))
    assert FAR.again(1 - share(float(said)), lead, term) == pytest.approx(
        1 - share(float(expected)), abs=0.05
    )


@pytest.mark.parametrize("days", [60.0, 180.0, 540.0])
def test_the_pull_is_found_in_what_happened(days: float) -> None:
    generator = np.random.default_rng(3)
    logits, leads = generator.normal(-1, 1.5, 20_000), generator.choice([180.0, 270.0, 360.0], 20_000)
    share_churned = 0.25
    told = Shrinkage(base=log(share_churned / (1 - share_churned)), days=days).logit(logits, leads)
    churned = (generator.random(20_000) < 1 / (1 + np.exp(-told))).astype(float)
    found = fit_shrinkage(logits, leads, churned, np.ones(20_000))
    assert abs(DAYS.index(found.days) - DAYS.index(days)) <= 1
    assert share(found.base) == pytest.approx(churned.mean())


def test_where_a_word_holds_as_well_far_off_nothing_is_taken_from_it() -> None:
    generator = np.random.default_rng(4)
    logits = generator.normal(-1, 1.5, 5_000)
    churned = (generator.random(5_000) < 1 / (1 + np.exp(-logits))).astype(float)
    found = fit_shrinkage(logits, np.full(5_000, 270.0), churned, np.ones(5_000))
    assert found.kept(np.array([270.0]))[0] > 0.9
