"""A model that says the same of everybody, and cards of models, for tests of where they are kept."""

from datetime import date, datetime

import numpy as np

from radar_health_score.domain.forecast.card import ModelCard
from radar_health_score.domain.forecast.features import FEATURES_HASH, NAMES
from radar_health_score.domain.forecast.linear import Linear, Scaling
from radar_health_score.domain.forecast.model import Model
from radar_vocabulary.answers.models import Recipe, TrainingWindow
from tests.support.health_state import NOON

_SEEN = np.random.default_rng(1).normal(size=(20, len(NAMES)))
MODEL = Model(
    features_hash=FEATURES_HASH,
    features=NAMES,
    linear=Linear(scaling=Scaling.of(_SEEN, np.ones(20)), weights=(0.0,) * len(NAMES), base=-1.0),
)


def card(version: str, made_at: datetime = NOON) -> ModelCard:
    """Return the card of a model without a verdict."""
    return ModelCard(
        version=version,
        kind="logistic",
        made_at=made_at,
        features_hash=FEATURES_HASH,
        features=len(NAMES),
        scorecards=("49cb",),
        fingerprint="feed",
        learnt=TrainingWindow(
            first=date(2024, 1, 1), until=NOON, observations=90, ends=30, churned=9, leads=(90, 60, 30)
        ),
        recipe=Recipe(strength=0.02, tree_share=0.0, leaves=6, rounds=500, slope=1.0, shift=0.0),
    )
