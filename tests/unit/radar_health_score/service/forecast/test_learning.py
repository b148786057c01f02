import random
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from radar_health_score.adapters.forecast.learner import InstalledLearner
from radar_health_score.domain.forecast.features import FEATURES, NAMES
from radar_health_score.domain.forecast.model import FittedModel, encode_model
from radar_health_score.domain.forecast.observation import churned_of
from radar_health_score.service.forecast.learning import learn, risk
from radar_vocabulary.language.translator import translator_for
from tests.support.learnable import TELLING, WATCHED, learnable

LEARNER = InstalledLearner()


@pytest.fixture(scope="module")
def fitted() -> FittedModel:
    learned = learn(learnable(300), LEARNER)
    assert learned.fitted is not None, learned.abstains
    return learned.fitted


@pytest.fixture(scope="module")
def bent() -> FittedModel:
    learned = learn(learnable(300, strength=1.0, bend=4.0), LEARNER)
    assert learned.fitted is not None, learned.abstains
    return learned.fitted


def test_what_foretells_churn_is_learned_and_probabilities_are_meant(fitted: FittedModel) -> None:
    later = learnable(2000, seed=6)
    said = risk(fitted, later)
    assert roc_auc_score(churned_of(later), said) > 0.8
    assert said.mean() == pytest.approx(churned_of(later).mean(), abs=0.04)


def test_trees_join_only_where_no_straight_line_will_do(fitted: FittedModel, bent: FittedModel) -> None:
    assert (fitted.model.kind, bent.model.kind) == ("logistic", "blend")
    later = learnable(2000, seed=6, strength=1.0, bend=4.0)
    straight = bent.model.linear.logit(np.array([one.features for one in later]))
    churned = churned_of(later)
    assert roc_auc_score(churned, risk(bent, later)) > roc_auc_score(churned, straight) + 0.01


def test_what_is_not_looked_at_adds_exactly_nothing(fitted: FittedModel) -> None:
    rows = np.array([one.features for one in learnable(60, seed=9)])
    signals = [at for at, feature in enumerate(FEATURES) if feature.about == "signals"]
    assert (fitted.contributions(rows)[:, signals] == 0).all()


def test_a_feature_that_can_only_raise_the_risk_never_lowers_it(bent: FittedModel) -> None:
    assert bent.trees is not None
    rows = np.tile(learnable(1)[0].features, (50, 1))
    rows[:, TELLING] = np.linspace(-4, 4, 50)
    assert (np.diff(bent.trees.logit(rows)) >= -1e-12).all()


def test_few_outcomes_are_left_to_the_logistic_regression() -> None:
    learned = learn(learnable(150, strength=3.0), LEARNER)
    assert learned.fitted is not None
    assert (learned.fitted.model.kind, learned.fitted.trees) == ("logistic", None)


def test_where_nothing_foretells_churn_the_model_abstains_and_says_why() -> None:
    learned = learn(learnable(300, strength=0.0), LEARNER)
    assert learned.fitted is None
    assert learned.abstains is not None
    assert "was not significantly better than the churn rate alone" in learned.abstains


def test_shuffled_outcomes_teach_nothing() -> None:
    observations = learnable(200)
    outcomes = [one.churned for one in observations]
    random.Random(2).shuffle(outcomes)
    shuffled = [replace(one, churned=churned) for one, churned in zip(observations, outcomes, strict=True)]
    noise = learn(shuffled, LEARNER)
    assert noise.fitted is None
    assert noise.abstains is not None
    assert "the churn rate alone" in noise.abstains
    assert "対数損失" in translator_for("ja", "radar_health_score").tell(noise.abstains)


def test_too_few_outcomes_are_counted_out_loud() -> None:
    learned = learn(learnable(40), LEARNER)
    assert learned.fitted is None
    assert learned.abstains is not None
    assert "at least 20 of each are needed" in learned.abstains
    assert "20件以上" in translator_for("ja", "radar_health_score").tell(learned.abstains)
    assert learn([], LEARNER).abstains is not None


def test_the_order_of_rows_changes_nothing_in_the_model(fitted: FittedModel) -> None:
    observations = learnable(300)
    again = learn(random.Random(3).sample(observations, len(observations)), LEARNER).fitted
    assert again is not None
    assert encode_model(again.model) == encode_model(fitted.model)


def test_of_an_account_known_for_too_short_a_time_nothing_is_said(fitted: FittedModel) -> None:
    young = learnable(1)[0].features.copy()
    young[WATCHED] = np.log1p(27)
    never = young.copy()
    never[WATCHED] = np.nan
    known = learnable(1)[0].features
    assert np.isnan(fitted.churn(np.array([young, never, known]))).tolist() == [True, True, False]


def test_reasons_add_up_to_the_logit_exactly(fitted: FittedModel, bent: FittedModel) -> None:
    rows = np.array([one.features for one in learnable(60, seed=9)])
    for model in (fitted, bent):
        parts = model.contributions(rows)
        assert parts.shape == (60, len(NAMES) + 1)
        assert parts.sum(axis=1) == pytest.approx(model.logit(rows), abs=1e-9)
