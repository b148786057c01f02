"""What backtests need from a store."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from radar_health_score.domain.forecast.backtest import Backtest


class KeptBacktest(NamedTuple):
    """A backtest and its name."""

    backtest_id: str
    backtest: Backtest


class BacktestBook(Protocol):
    """Keeps backtests; one that is kept never changes."""

    def keep(self, connection: Connection, backtest: Backtest) -> str:
        """Keep a backtest and return its id; the same one kept twice is one."""
        ...

    def find(self, connection: Connection, backtest_id: str) -> Backtest | None:
        """Return a backtest."""
        ...

    def newest(
        self, connection: Connection, limit: int, after: tuple[int, str] | None = None
    ) -> Sequence[KeptBacktest]:
        """Return backtests, newest first; ``after``: what follows the one of this moment (microseconds) and id."""
        ...
