"""Trains on a schedule, beside the scorer and never in its way: in a process of its own, one for all scorers."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog
from sqlalchemy import Connection

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database, DatabaseUnavailable
from radar_health_score.service.forecast.registry import ModelRegistry

log = structlog.get_logger()
WORK: Final = "training"
LONGEST: Final = timedelta(hours=6)
AGAIN: Final = timedelta(days=1)


class Claims(Protocol):
    """Lets one process do what is done once for all."""

    def take(self, connection: Connection, work: str, *, now: datetime, until: datetime) -> bool:
        """Claim ``work`` until a moment; return whether nobody else has it now."""
        ...

    def leave(self, connection: Connection, work: str, *, now: datetime) -> None:
        """Give a claim back; after ``now`` anybody may take it."""
        ...


class Run(Protocol):
    """A training under way in a process of its own."""

    def status(self) -> int | None:
        """Return how it ended; None while it goes on."""
        ...

    def stop(self) -> None:
        """End it."""
        ...


@dataclass(kw_only=True)
class TrainingSchedule:
    """The periodic look whether it is time to train.

    Attributes:
        every: a model older than this is due for a successor.
        start: starts the training.
    """

    database: Database
    registry: ModelRegistry
    claims: Claims
    clock: Clock
    every: timedelta
    start: Callable[[], Run]
    _run: Run | None = field(default=None, init=False)

    def __call__(self) -> None:
        """Look once; raises DatabaseUnavailable."""
        if self._run is not None:
            self._watch(self._run)
        elif self._is_due() and self._claimed():
            log.info("training_started")
            self._run = self.start()

    def close(self) -> None:
        """End the training under way; whoever comes next may begin anew."""
        run, self._run = self._run, None
        if run is None or run.status() is not None:
            return
        run.stop()
        now = self.clock.now()
        with suppress(DatabaseUnavailable):
            self.database.run(lambda connection: self.claims.leave(connection, WORK, now=now))

    def _is_due(self) -> bool:
        with self.database.reading() as connection:
            cards = self.registry.cards(connection)
        return not cards or self.clock.now() - cards[0].made_at >= self.every

    def _claimed(self) -> bool:
        now = self.clock.now()
        return self.database.run(
            lambda connection: self.claims.take(connection, WORK, now=now, until=now + LONGEST)
        )

    def _watch(self, run: Run) -> None:
        status = run.status()
        if status is None:
            return
        self._run = None
        log.info("training_ended", status=status)
        self.database.run(lambda connection: self._rest(connection, status))

    def _rest(self, connection: Connection, status: int) -> None:
        # One that failed, or left no model yet, is tried again after a day by whoever comes first. One that made the
        # model it had made before was no failure: there was nothing new to learn.
        settled = status == 0 and self.registry.cards(connection)
        rest = self.every if settled else min(AGAIN, self.every)
        self.claims.leave(connection, WORK, now=self.clock.now() + rest)
