"""Backtests that somebody asked for: each in a process of its own, one at a time, and what became of it can be seen.

The process renews the claim on the work while it goes on: where it dies together with the service that started it,
the next one may begin once LEASE is over. One that takes longer than LONGEST is given up.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection

from radar_chassis.clock import Clock
from radar_chassis.errors import Conflict, RadarError
from radar_chassis.store.database import Database, DatabaseUnavailable
from radar_health_score.repositories.backtest_run_book import RunBook
from radar_health_score.repositories.backtest_run_records import BacktestRequest, BacktestRun
from radar_health_score.repositories.claims import Claims
from radar_health_score.service.forecast.schedule import Run
from radar_vocabulary.answers.backtests import Failure

log = structlog.get_logger()
WORK: Final = "backtest"
LONGEST: Final = timedelta(hours=2)
LEASE: Final = timedelta(minutes=5)


STOPPED: Final = Failure(
    code="backtest_stopped", detail="The service was stopped while it went on; ask for it again."
)
DIED: Final = Failure(
    code="backtest_died", detail="Its process ended without a word; the service's log may say why. Ask again."
)


@dataclass(kw_only=True)
class BacktestRuns:
    """Starts backtests, and sees to it that each one's end is noted.

    Attributes:
        start: starts the process that carries out the run of this id (see ``carry_out``).
    """

    database: Database
    book: RunBook
    claims: Claims
    clock: Clock
    start: Callable[[str], Run]
    _under_way: dict[str, Run] = field(default_factory=dict, init=False)

    def ask(self, wish: BacktestRequest) -> BacktestRun:
        """Start a backtest and return its run; raises Conflict (one is under way), DatabaseUnavailable."""
        now = self.clock.now()
        run = BacktestRun(backtest_id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}", asked_at=now, wish=wish)
        self.database.run(lambda connection: self._begin(connection, run))
        try:
            self._under_way[run.backtest_id] = self.start(run.backtest_id)
        except OSError:
            self._fail(run.backtest_id, DIED)
            raise
        log.info("backtest_started", backtest_id=run.backtest_id)
        return run

    def __call__(self) -> None:
        """Note the end of those whose process ended without doing so; raises DatabaseUnavailable."""
        for backtest_id, run in list(self._under_way.items()):
            if run.status() is not None:
                self._fail(backtest_id, DIED)
                self._under_way.pop(backtest_id, None)

    def close(self) -> None:
        """End those under way; the next one may begin at once."""
        for backtest_id, run in self._under_way.items():
            run.stop()
            with suppress(DatabaseUnavailable):
                self._fail(backtest_id, STOPPED)
        self._under_way.clear()

    def _begin(self, connection: Connection, run: BacktestRun) -> None:
        now = run.asked_at
        if not self.claims.take(connection, WORK, now=now, until=now + LEASE):
            raise Conflict(
                "A backtest is running; wait until it has finished, then try again.", retry_after=60
            )
        self.book.end_all(connection, now, DIED)
        self.book.begin(connection, run)

    def _fail(self, backtest_id: str, failure: Failure) -> None:
        self.database.run(
            lambda connection: end(connection, self.book, self.claims, backtest_id, self.clock.now(), failure)
        )


def end(
    connection: Connection,
    book: RunBook,
    claims: Claims,
    backtest_id: str,
    at: datetime,
    failure: Failure | None,
) -> None:
    """Note how a run ended, once, and let the next one begin."""
    if book.end(connection, backtest_id, at, failure):
        claims.leave(connection, WORK, now=at)


@dataclass(frozen=True, kw_only=True)
class CarryingOut:
    """Carries out a run that was asked for, in the process that was started for it.

    Attributes:
        work: makes the backtest that is wished for, and keeps it.
    """

    database: Database
    book: RunBook
    claims: Claims
    clock: Clock
    work: Callable[[BacktestRequest], object]

    def __call__(self, backtest_id: str) -> Failure | None:
        """Return why there is no backtest, after noting it; raises DatabaseUnavailable."""
        with self.database.reading() as connection:
            run = self.book.find(connection, backtest_id)
        if run is None or run.ended_at is not None:
            return None
        failure = None
        try:
            self.work(run.wish)
        except RadarError as error:
            failure = Failure(code=error.code, detail=error.detail)
        at = self.clock.now()
        self.database.run(
            lambda connection: end(connection, self.book, self.claims, backtest_id, at, failure)
        )
        return failure

    def renew(self, backtest_id: str) -> None:
        """Hold on to the claim while the run goes on; raises DatabaseUnavailable."""
        self.database.run(lambda connection: self._renew(connection, backtest_id))

    def _renew(self, connection: Connection, backtest_id: str) -> None:
        run = self.book.find(connection, backtest_id)
        if run is not None and run.ended_at is None:
            until = min(self.clock.now() + LEASE, run.asked_at + LONGEST)
            self.claims.renew(connection, WORK, until=until)
