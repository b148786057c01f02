"""Contract ends with features, of which one foretells churn as strongly as asked."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from radar_health_score.domain.forecast.features import FEATURES, NAMES
from radar_health_score.domain.forecast.observation import Observation
from tests.support.forecast import observation

TELLING = NAMES.index("idle_days")
WATCHED = NAMES.index("watched_days")
ALIKE = slice(1, 20)  # features come in flocks
SIGNS = np.array([feature.risk or 1 for feature in FEATURES[ALIKE]])


BENT = NAMES.index("tenure")


def learnable(
    ends: int = 240,
    *,
    strength: float = 2.0,
    base: float = -0.8,
    seed: int = 5,
    each: int = 1,
    bend: float = 0.0,
) -> list[Observation]:
    """Return contract ends, two a week from 2021 on, ``each`` per account; ``strength`` 0 is noise.

    ``bend`` is how strongly both ends of BENT foretell it, which no straight line can say.
    """
    # Outcomes have a stream of their own: a feature more or less in the table changes none of them.
    outcomes, generator = (np.random.default_rng([seed, of]) for of in range(2))
    observations = []
    for at in range(ends):
        features = generator.normal(size=len(NAMES))
        telling = features[TELLING] = outcomes.normal()
        features[ALIKE] = SIGNS * 0.8 * telling + 0.6 * features[ALIKE]
        features[generator.random(len(NAMES)) < 0.05] = np.nan
        features[WATCHED] = np.log1p(392)
        bent = bend * (np.abs(np.nan_to_num(features[BENT])) - 0.7)
        churned = bool(outcomes.random() < 1 / (1 + np.exp(-(base + strength * telling + bent))))
        end = observation(
            f"account-{at // each:03}",
            churned=churned,
            renews_on=date(2021, 1, 1) + timedelta(days=3 * at),
            scorecard=float(generator.random()),
        )
        observations.append(replace(end, features=features))
    return observations
