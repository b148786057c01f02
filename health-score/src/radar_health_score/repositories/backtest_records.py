"""What backtests need from a store."""

from typing import NamedTuple

from radar_health_score.domain.forecast.backtest import Backtest


class KeptBacktest(NamedTuple):
    """A backtest and its name."""

    backtest_id: str
    backtest: Backtest
