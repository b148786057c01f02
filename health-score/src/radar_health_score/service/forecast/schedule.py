"""Work of the forecast on a schedule, beside the scorer and never in its way: a process of its own, one for all."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

import structlog
from sqlalchemy import Connection

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database, DatabaseUnavailable
from radar_health_score.repositories.claims import Claims

log = structlog.get_logger()


class Run(Protocol):
    """A piece of work under way in a process of its own."""

    def status(self) -> int | None:
        """Return how it ended; None while it goes on."""
        ...

    def stop(self) -> None:
        """End it."""
        ...


class Plan(Protocol):
    """What is to be done when.

    Attributes:
        work: the name of the claim on it.
        longest: how long it may take; where the process that claimed it has died, another begins anew after that.
    """

    work: ClassVar[str]
    longest: ClassVar[timedelta]

    def is_due(self, connection: Connection, now: datetime) -> bool:
        """Return whether it is time to begin."""
        ...

    def rest(self, connection: Connection, status: int) -> timedelta:
        """Return how long nobody begins anew after it ended with ``status``."""
        ...


@dataclass(kw_only=True)
class Schedule:
    """The periodic look whether it is time to begin, or whether what was begun has ended."""

    database: Database
    claims: Claims
    clock: Clock
    plan: Plan
    start: Callable[[], Run]
    _run: Run | None = field(default=None, init=False)

    def __call__(self) -> None:
        """Look once; raises DatabaseUnavailable."""
        if self._run is not None:
            self._watch(self._run)
        elif self._is_due() and self._claimed():
            log.info("forecast_work_started", work=self.plan.work)
            self._run = self.start()

    def close(self) -> None:
        """End what is under way; whoever comes next may begin anew."""
        run, self._run = self._run, None
        if run is None or run.status() is not None:
            return
        run.stop()
        with suppress(DatabaseUnavailable):
            self.database.run(lambda connection: self._leave(connection, timedelta()))

    def _is_due(self) -> bool:
        with self.database.reading() as connection:
            return self.plan.is_due(connection, self.clock.now())

    def _claimed(self) -> bool:
        now = self.clock.now()
        until = now + self.plan.longest
        return self.database.run(
            lambda connection: self.claims.take(connection, self.plan.work, now=now, until=until)
        )

    def _watch(self, run: Run) -> None:
        status = run.status()
        if status is None:
            return
        self._run = None
        log.info("forecast_work_ended", work=self.plan.work, status=status)
        self.database.run(lambda connection: self._leave(connection, self.plan.rest(connection, status)))

    def _leave(self, connection: Connection, rest: timedelta) -> None:
        self.claims.leave(connection, self.plan.work, now=self.clock.now() + rest)
