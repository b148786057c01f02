"""What backtests need from a store."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from radar_health_score.domain.forecast.backtest import Backtest


class KeptBacktest(NamedTuple):
    """A backtest and its name."""

    backtest_id: str
    backtest: Backtest


class BacktestLine(NamedTuple):
    """A backtest in a list."""

    backtest_id: str
    made_at: datetime
    split: date


class BacktestBook(Protocol):
    """Keeps backtests; one that is kept never changes."""

    def keep(self, connection: Connection, backtest: Backtest) -> str:
        """Keep a backtest and return its id; the same one kept twice is one."""
        ...

    def find(self, connection: Connection, backtest_id: str) -> Backtest | None:
        """Return a backtest."""
        ...

    def latest(self, connection: Connection) -> KeptBacktest | None:
        """Return the one made last."""
        ...

    def lines(
        self, connection: Connection, limit: int, before: tuple[datetime, str] | None = None
    ) -> Sequence[BacktestLine]:
        """Return backtests, newest first; ``before``: only those that come after this one in the list."""
        ...
