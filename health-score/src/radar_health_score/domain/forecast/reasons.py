"""What the model's probability is made of, in words: features come in groups, and a group is one reason.

Alike features share what they contribute in ways that mean nothing one by one; their sum does.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.forecast.features import FEATURES
from radar_health_score.domain.forecast.model import sigmoid
from radar_health_score.domain.forecast.reason_wording import Points, ReasonWording
from radar_health_score.domain.forecast.renewal_model import (
    PredictionRequest,
    RenewalModel,
    lead_of,
    open_places,
    vector_of,
)
from radar_vocabulary.contracts.health import HealthSnapshot, ModelRef, Renewal
from radar_vocabulary.language.tags import Language

SAME: Final = 1e-6


class ReasonRequest(NamedTuple):
    """Which contract reasons are asked for, by its place among the account's; ``points`` by metric, of its score."""

    request: PredictionRequest
    place: int
    points: Points


def points_of(snapshot: HealthSnapshot) -> Points:
    """Return what each metric adds to the score that is shown."""
    return {driver.metric: driver.points for driver in snapshot.drivers}


def reasons_of(model: RenewalModel, questions: Sequence[ReasonRequest], language: Language) -> list[ModelRef]:
    """Return the version with its reasons for each: ``base`` + their logits = ln(p / (1 - p)) of renewing.

    Together they cost a fifth of what they cost one by one.
    """
    if not questions:
        return []
    vectors = np.array([vector_of(one.request, one.place) for one in questions])
    leads = np.array([lead_of(one.request, one.place) for one in questions], np.float64)
    parts = -model.fitted.contributions(vectors, leads)
    return [
        _reasons(model.version, row, ReasonWording(one.request.readings, one.points, language))
        for one, row in zip(questions, parts.tolist(), strict=True)
    ]


def place_of(facts: AccountFacts, renewal: Renewal) -> int | None:
    """Return the place of the renewal's contract among the account's; None where it isn't open any more."""
    for place in open_places(facts.contracts):
        one = facts.contracts[place]
        if (one.contract_id, one.renews_on) == (renewal.contract_id, renewal.renews_on):
            return place
    return None


def adds_up(told: ModelRef, probability: float) -> bool:
    """Return whether the reasons are those of this probability."""
    logit = np.array([(told.base or 0.0) + sum(driver.logit for driver in told.drivers)])
    return abs(float(sigmoid(logit)[0]) - probability) < SAME


def _reasons(version: str, parts: Sequence[float], words: ReasonWording) -> ModelRef:
    groups: dict[str, dict[str, float]] = {}
    for feature, part in zip(FEATURES, parts, strict=False):
        groups.setdefault(feature.about, {})[feature.name] = part
    ordered = sorted(groups.items(), key=lambda one: (-abs(sum(one[1].values())), one[0]))
    drivers = tuple(words.driver(about, group) for about, group in ordered if sum(group.values()))
    return ModelRef(version=version, base=parts[-1], drivers=drivers)
