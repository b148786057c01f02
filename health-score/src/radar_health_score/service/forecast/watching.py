"""Watches the champion for drift: recent renewals against those it learned from, predictions against outcomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_health_score.domain.forecast.drift import FEWEST, Watched, shifts, stability_index, surprise_of
from radar_health_score.domain.forecast.features import NAMES
from radar_health_score.domain.forecast.model import FittedModel
from radar_health_score.domain.forecast.observation import Observation, churned_of, observation_of
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.repositories.watch_book import WatchBook
from radar_health_score.service.forecast.collecting import Features
from radar_health_score.service.forecast.observing import CHUNK, Observing, ObservingProgress

LEAD: Final = 30
RECENT: Final = timedelta(days=182)
MOST_ACCOUNTS: Final = 2000
Champion = Callable[[], tuple[str, FittedModel, datetime] | None]


@dataclass(frozen=True, kw_only=True)
class Watching:
    """Looks at the champion once.

    Attributes:
        champion: returns its version, the model, and until when it has learned; None without one.
    """

    database: Database
    observing: Observing
    champion: Champion
    features: Features
    book: WatchBook
    rates: Rates
    clock: Clock

    def run(self, progress: ObservingProgress) -> Watched | None:
        """Return what was seen, after keeping it; None where no model is champion."""
        champion = self.champion()
        if champion is None:
            self.database.run(self.book.forget)
            return None
        observations = self._observations(progress)
        watched = watched_of(observations, *champion, self.clock.now())
        self.database.run(lambda connection: self.book.keep(connection, watched))
        return watched

    def _observations(self, progress: ObservingProgress) -> list[Observation]:
        """Return the observations of all accounts, or of MOST_ACCOUNTS spread evenly among them."""
        numbers = self.observing.account_nos()
        chosen = numbers[:: -(-len(numbers) // MOST_ACCOUNTS)] if numbers else []
        found: list[Observation] = []
        for done in range(0, len(chosen), CHUNK):
            progress(done, len(chosen))
            seen = self.observing.some(chosen[done : done + CHUNK], (LEAD,))
            found += [observation_of(one, self.rates, self.features(one, self.rates)) for one in seen]
        progress(len(chosen), len(chosen))
        return found


def watched_of(
    observations: Sequence[Observation], version: str, fitted: FittedModel, until: datetime, now: datetime
) -> Watched:
    """Return the drift of a model that has learned from outcomes known by ``until``."""
    lately = now - RECENT
    recent = [observation for observation in observations if observation.observed_at > lately]
    reference = [
        observation
        for observation in observations
        if observation.observed_at <= lately
        and observation.label_known_at is not None
        and observation.label_known_at <= until
    ]
    later = [
        observation
        for observation in observations
        if observation.label_known_at is not None and observation.label_known_at > until
    ]
    before, after = _features(reference), _features(recent)
    foretold = fitted.churn(_features(later))
    told = np.isfinite(foretold)
    ended = churned_of(later)[told]
    return Watched(
        made_at=now,
        version=version,
        trained_until=until,
        reference=len(reference),
        recent=len(recent),
        features=shifts(NAMES, before, after),
        score_psi=_score_psi(fitted.churn(before), fitted.churn(after)),
        outcomes=int(told.sum()),
        foretold=float(foretold[told].mean()) if told.any() else None,
        churned=float(ended.mean()) if told.any() else None,
        surprise=surprise_of(foretold[told], ended) if told.any() else None,
    )


def _features(observations: Sequence[Observation]) -> FloatArray:
    return np.array([observation.features for observation in observations], np.float64).reshape(
        len(observations), len(NAMES)
    )


def _score_psi(before: FloatArray, after: FloatArray) -> float | None:
    enough = min(np.isfinite(before).sum(), np.isfinite(after).sum()) >= FEWEST
    return stability_index(before, after) if enough else None
