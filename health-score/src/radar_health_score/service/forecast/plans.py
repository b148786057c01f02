"""When to train, and when to look at the champion."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from sqlalchemy import Connection

from radar_health_score.domain.forecast.features import FEATURES_HASH
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.repositories.watch_book import WatchBook

AGAIN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPlan:
    """``Plan``: a model older than ``every``, or of other features than are computed now, is due for a successor."""

    # Whoever trained for other features rests on a claim of their own.
    work: ClassVar[str] = f"training {FEATURES_HASH}"
    longest: ClassVar[timedelta] = timedelta(hours=6)

    registry: ModelRegistry
    every: timedelta

    def is_due(self, connection: Connection, now: datetime) -> bool:
        """See ``Plan``."""
        for newest in self.registry.cards(connection)[:1]:
            return newest.features_hash != FEATURES_HASH or now - newest.made_at >= self.every
        return True

    def rest(self, connection: Connection, status: int) -> timedelta:
        """See ``Plan``.

        A training that failed, or left no model yet, is tried again after a day by whoever comes first. One that made
        the model it had made before was no failure: there was nothing new to learn.
        """
        settled = status == 0 and self.registry.cards(connection)
        return self.every if settled else min(AGAIN, self.every)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPlan:
    """``Plan``: a look older than ``every``, or at another model, is due for the next."""

    work: ClassVar[str] = "watching"
    longest: ClassVar[timedelta] = timedelta(hours=1)

    registry: ModelRegistry
    book: WatchBook
    every: timedelta

    def is_due(self, connection: Connection, now: datetime) -> bool:
        """See ``Plan``."""
        reign = self.registry.champion_at(connection, None)
        last = self.book.latest(connection)
        champion = None if reign is None else reign.version
        if champion is None or last is None:
            return champion is not None or last is not None
        return last.version != champion or now - last.made_at >= self.every

    def rest(self, connection: Connection, status: int) -> timedelta:  # noqa: ARG002 - part of the port
        """See ``Plan``: after one that failed everybody rests ``longest`` from its end on."""
        return timedelta() if status == 0 else self.longest
