"""Looks at the champion on a schedule, in a process of its own, one for all scorers."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import structlog

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database, DatabaseUnavailable
from radar_health_score.service.forecast.registry import ModelRegistry
from radar_health_score.service.forecast.schedule import Claims, Run
from radar_health_score.service.forecast.watching import WatchBook

log = structlog.get_logger()
WORK: Final = "watching"
LONGEST: Final = timedelta(hours=1)


@dataclass(kw_only=True)
class WatchSchedule:
    """The periodic look whether it is time to look at the champion.

    Attributes:
        every: a look older than this, or at another model, is due for the next.
        start: starts it.
    """

    database: Database
    registry: ModelRegistry
    book: WatchBook
    claims: Claims
    clock: Clock
    every: timedelta
    start: Callable[[], Run]
    _run: Run | None = field(default=None, init=False)

    def __call__(self) -> None:
        """Look once; raises DatabaseUnavailable."""
        if self._run is not None:
            self._end(self._run)
        elif self._is_due() and self._claimed():
            self._run = self.start()

    def close(self) -> None:
        """End the look under way; whoever comes next may begin anew."""
        run, self._run = self._run, None
        if run is None or run.status() is not None:
            return
        run.stop()
        now = self.clock.now()
        with suppress(DatabaseUnavailable):
            self.database.run(lambda connection: self.claims.leave(connection, WORK, now=now))

    def _is_due(self) -> bool:
        with self.database.reading() as connection:
            reign = self.registry.reign_at(connection, None)
            last = self.book.latest(connection)
        champion = None if reign is None else reign.version
        if champion is None or last is None:
            return champion is not None or last is not None
        return last.version != champion or self.clock.now() - last.made_at >= self.every

    def _claimed(self) -> bool:
        now = self.clock.now()
        return self.database.run(
            lambda connection: self.claims.take(connection, WORK, now=now, until=now + LONGEST)
        )

    def _end(self, run: Run) -> None:
        status = run.status()
        if status is None:
            return
        self._run = None
        log.info("watch_ended", status=status)
        # One that failed is tried again when its claim is over, not at once.
        if status == 0:
            now = self.clock.now()
            self.database.run(lambda connection: self.claims.leave(connection, WORK, now=now))
