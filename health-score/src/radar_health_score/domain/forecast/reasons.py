"""What the model's probability is made of, in words: features come in flocks, and a flock is one reason.

Alike features share what they contribute in ways that mean nothing one by one; their sum does. The words are those of
a metric that speaks of the same thing, so that a reason of the model reads like one of the scorecard.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from radar_chassis.contracts.health import ForecastDriver, ModelRef, Renewal
from radar_chassis.language.retelling import retold
from radar_chassis.language.tags import Language
from radar_health_score.domain.explain import beside, sentence
from radar_health_score.domain.facts import AccountFacts
from radar_health_score.domain.forecast.features import FEATURES
from radar_health_score.domain.forecast.model import sigmoid
from radar_health_score.domain.forecast.voice import Asked, Voice, lead_of, open_places, vector_of
from radar_health_score.domain.metrics.reading import Missing, Readings, known

SPOKEN_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "silence": ("days_since_last_activity",),
    "use": ("active_weeks", "regularity"),
    "trend": ("usage_trend", "days_since_last_activity"),
    "people": ("users_half_year", "mau"),
    "seats": ("seat_utilisation", "seats"),
    "contract": ("renewals_so_far", "tenure_days", "days_to_renewal"),
    "metrics": ("stickiness", "user_retention", "concentration", "nps_latest", "csat_mean"),
    "signals": (
        "open_tickets",
        "invoices_overdue",
        "complaints",
        "promises_overdue",
        "key_feature_frequency",
    ),
}
SAME: Final = 1e-6
_PACKAGE: Final = "radar_health_score"


def reasons(voice: Voice, asked: Asked, place: int, language: Language) -> ModelRef:
    """Return the version with its reasons for one contract: ``base`` + their logits = ln(p / (1 - p)) of renewing.

    Of what no metric tells anything, a reason says why nothing is known.
    """
    return reasons_of(voice, [(asked, place)], language)[0]


def reasons_of(voice: Voice, places: Sequence[tuple[Asked, int]], language: Language) -> list[ModelRef]:
    """Return the reasons for each of some contracts: together they cost a fifth of what they cost one by one."""
    if not places:
        return []
    vectors = np.array([vector_of(asked, place) for asked, place in places])
    leads = np.array([lead_of(asked, place) for asked, place in places], np.float64)
    parts = -voice.speaking.contributions(vectors, leads)
    return [
        _told(voice.version, row, asked.readings, language)
        for (asked, _), row in zip(places, parts.tolist(), strict=True)
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


def _told(version: str, parts: Sequence[float], readings: Readings, language: Language) -> ModelRef:
    sums: dict[str, float] = {}
    for feature, part in zip(FEATURES, parts, strict=False):
        sums[feature.about] = sums.get(feature.about, 0.0) + part
    drivers = [
        _driver(about, logit, readings, language)
        for about, logit in sorted(sums.items(), key=lambda one: (-abs(one[1]), one[0]))
        if logit
    ]
    return ModelRef(version=version, base=parts[-1], drivers=tuple(drivers))


def _driver(about: str, logit: float, readings: Readings, language: Language) -> ForecastDriver:
    for metric in SPOKEN_BY[about]:
        value = known(readings, metric)
        if value is not None:
            return ForecastDriver(
                about=about,
                logit=logit,
                text=sentence(metric, value, readings, language),
                metric=metric,
                value=value,
                beside=beside(metric, readings),
            )
    return ForecastDriver(about=about, logit=logit, text=_why_unknown(about, readings, language))


def _why_unknown(about: str, readings: Readings, language: Language) -> str:
    for metric in SPOKEN_BY[about]:
        reading = readings.get(metric)
        if isinstance(reading, Missing):
            return retold(reading.reason, language, _PACKAGE)
    return ""
