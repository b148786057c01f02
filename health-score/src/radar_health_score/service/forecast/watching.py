"""Watches the champion: who comes up for renewal now, beside whom it learned from, and how what it foretold ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_health_score.domain.forecast.case import Case, case_of, churned_of
from radar_health_score.domain.forecast.drift import FEWEST, Watched, shifts, stability_index, surprise_of
from radar_health_score.domain.forecast.features import NAMES
from radar_health_score.domain.forecast.model import FittedModel
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.repositories.watch_book import WatchBook
from radar_health_score.service.forecast.collecting import Features
from radar_health_score.service.forecast.observing import CHUNK, Observing, Progress

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

    def run(self, progress: Progress) -> Watched | None:
        """Return what was seen, after keeping it; None where no model is champion."""
        champion = self.champion()
        if champion is None:
            self.database.run(self.book.forget)
            return None
        cases = self._cases(progress)
        watched = watched_of(cases, *champion, self.clock.now())
        self.database.run(lambda connection: self.book.keep(connection, watched))
        return watched

    def _cases(self, progress: Progress) -> list[Case]:
        """Return the cases of all accounts, or of MOST_ACCOUNTS spread evenly among them."""
        numbers = self.observing.account_nos()
        chosen = numbers[:: -(-len(numbers) // MOST_ACCOUNTS)] if numbers else []
        found: list[Case] = []
        for done in range(0, len(chosen), CHUNK):
            progress(done, len(chosen))
            seen = self.observing.some(chosen[done : done + CHUNK], (LEAD,))
            found += [case_of(one, self.rates, self.features(one, self.rates)) for one in seen]
        progress(len(chosen), len(chosen))
        return found


def watched_of(
    cases: Sequence[Case], version: str, fitted: FittedModel, until: datetime, now: datetime
) -> Watched:
    """Return what the cases say of a model that has learned from outcomes known by ``until``."""
    lately = now - RECENT
    recent = [case for case in cases if case.observed_at > lately]
    reference = [
        case
        for case in cases
        if case.observed_at <= lately and case.label_known_at is not None and case.label_known_at <= until
    ]
    later = [case for case in cases if case.label_known_at is not None and case.label_known_at > until]
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


def _features(cases: Sequence[Case]) -> FloatArray:
    return np.array([case.features for case in cases], np.float64).reshape(len(cases), len(NAMES))


def _score_psi(before: FloatArray, after: FloatArray) -> float | None:
    enough = min(np.isfinite(before).sum(), np.isfinite(after).sum()) >= FEWEST
    return stability_index(before, after) if enough else None
