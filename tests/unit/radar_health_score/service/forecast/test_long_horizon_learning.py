from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from radar_health_score.adapters.forecast.learner import InstalledLearner
from radar_health_score.domain.forecast.features import LONGEST_LEAD
from radar_health_score.domain.forecast.long_horizon import LongHorizonShrinkage
from radar_health_score.domain.forecast.observation import Observation, known_before
from radar_health_score.service.forecast.learning import learn, risk
from radar_health_score.service.forecast.long_horizon_learning import (
    PastPrediction,
    learn_long_horizon,
    long_horizon_of,
)
from tests.support.forecast import later_outcomes, midnight
from tests.support.learnable import learnable

LEARNER = InstalledLearner()


def said(
    count: int, *, lead: int, churned: int, nth: int = 0, first: int = 0, logit: float = -1.0
) -> list[PastPrediction]:
    return [PastPrediction(first + at, logit, lead, nth, at < churned) for at in range(count)]


def seen_far(near: Sequence[Observation], *, lead: int = 180) -> list[Observation]:
    """Return the same ends, seen earlier, when what foretells them was half as strong."""
    return [
        replace(
            one,
            lead_days=lead,
            observed_at=midnight(one.renews_on - timedelta(days=lead)),
            features=np.where(np.arange(len(one.features)) < 20, 0.5, 1.0) * one.features,
        )
        for one in near
    ]


def test_nothing_is_learned_from_few() -> None:
    assert long_horizon_of(said(100, lead=180, churned=19)) == LongHorizonShrinkage()
    assert long_horizon_of(said(39, lead=180, churned=20)) == LongHorizonShrinkage()
    assert long_horizon_of([]) == LongHorizonShrinkage()


def test_it_reaches_as_far_as_enough_were_seen() -> None:
    half = said(100, lead=180, churned=30)
    assert long_horizon_of(half).until == 180
    assert long_horizon_of([*half, *said(100, lead=270, churned=15, first=100)]).until == 180
    assert long_horizon_of([*half, *said(100, lead=270, churned=25, first=100)]).until == 270
    assert long_horizon_of(said(100, lead=LONGEST_LEAD, churned=30)).own is None


def test_an_end_seen_often_is_one_end() -> None:
    often = [one for lead in (150, 180) for one in said(30, lead=lead, churned=15)]
    assert long_horizon_of(often) == LongHorizonShrinkage()


def test_later_renewals_have_a_share_of_their_own() -> None:
    long_horizon = long_horizon_of(
        [*said(100, lead=180, churned=40), *said(300, lead=210, churned=30, nth=1, first=100)]
    )
    assert long_horizon.own is not None
    assert long_horizon.later is not None
    assert 1 / (1 + np.exp(-np.array([long_horizon.own.base, long_horizon.later.base]))) == pytest.approx(
        [0.4, 0.1]
    )
    assert long_horizon_of(said(300, lead=500, churned=30, nth=1)).later is None


def test_far_cases_change_nothing_of_what_is_said_near() -> None:
    near = learnable(200, strength=3.0)  # too few for trees, which take long
    alone, beside = learn(near, LEARNER), learn_long_horizon([*near, *seen_far(near)], LEARNER)
    assert alone.fitted is not None
    assert beside.fitted is not None
    assert risk(beside.fitted, near) == pytest.approx(risk(alone.fitted, near))
    assert beside.fitted.model.long_horizon.until == 180
    assert np.isnan(risk(alone.fitted, seen_far(near))).all()
    assert np.isfinite(risk(beside.fitted, seen_far(near))).all()


def test_what_is_learned_of_later_renewals_was_known_by_then() -> None:
    observations = [
        replace(one, later_outcomes=later_outcomes(one.renews_on, (False, at % 2 == 0), 91), churned=False)
        if not one.churned
        else one
        for at, one in enumerate(learnable(230, strength=3.0))
    ]
    split = midnight(max(one.renews_on for one in observations))
    known = known_before(observations, split)
    assert known
    assert all(step.known_at <= split for one in known for step in one.later_outcomes.steps)
    assert {len(one.later_outcomes.steps) for one in observations if not one.churned} == {2}
    assert {len(one.later_outcomes.steps) for one in known if not one.churned} == {1, 2}
    learned = learn_long_horizon(known, LEARNER)
    assert learned.fitted is not None
    assert learned.fitted.model.long_horizon.later is not None


def test_where_the_model_abstains_it_reaches_nowhere() -> None:
    assert learn_long_horizon(learnable(30), LEARNER).fitted is None
