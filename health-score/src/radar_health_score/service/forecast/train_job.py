"""Training from beginning to end: observe every contract end, learn, judge, keep, promote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from radar_chassis.store.database import Database
from radar_health_score.domain.forecast.leads import LEADS
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.service.forecast.champions import Champions
from radar_health_score.service.forecast.collecting import collect
from radar_health_score.service.forecast.long_horizon_learning import LONG_LEADS
from radar_health_score.service.forecast.model_forecaster import observed_features
from radar_health_score.service.forecast.observing import Observing
from radar_health_score.service.forecast.training import Known, Promote, Trained, Training, TrainingProgress


@dataclass(frozen=True, kw_only=True)
class TrainJob:
    """Trains on everything in the store."""

    observing: Observing
    rates: Rates
    training: Training

    def run(
        self,
        progress: TrainingProgress,
        *,
        split: date | None = None,
        promote: Promote = "auto",
        note: str = "",
        leads: Sequence[int] = LEADS,
    ) -> Trained:
        """Return what came of it; raises DatabaseUnavailable, ConfigurationError without the libraries."""
        watch = partial(progress, "observing")
        observations = collect(
            self.observing,
            self.rates,
            leads=leads,
            sampled=LONG_LEADS,
            features=observed_features,
            progress=watch,
        )
        return self.training.run(observations, split=split, promote=promote, note=note, progress=progress)


class CurrentChampion:
    """Looks up the champion a challenger is judged beside; one that can't be loaded is not compared."""

    def __init__(self, database: Database, registry: ModelRegistry, champions: Champions) -> None:
        self._database = database
        self._registry = registry
        self._champions = champions

    def __call__(self) -> Known | None:
        """Return its version, the model, and until when it has learned; None without a champion."""
        with self._database.reading() as connection:
            self._champions.refresh(connection)
            champion = self._champions.now
            card = None if champion is None else self._registry.card(connection, champion.version)
        if champion is None or card is None:
            return None
        return champion.version, champion.fitted, card.learnt.until
