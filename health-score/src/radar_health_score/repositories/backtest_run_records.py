"""Backtests that somebody asked for, as they are stored."""

from datetime import date, datetime

from msgspec import Struct

from radar_health_score.domain.forecast.leads import LEADS
from radar_vocabulary.answers.backtests import Failure


class BacktestRequest(Struct, frozen=True, kw_only=True):
    """What is asked for; without a ``split`` it is chosen. ``leads``: in days, the longest first."""

    split: date | None = None
    leads: tuple[int, ...] = LEADS


class BacktestRun(Struct, frozen=True, kw_only=True):
    """A backtest that was asked for, under the id that it will have; ``ended_at`` is None while it goes on."""

    backtest_id: str
    asked_at: datetime
    wish: BacktestRequest
    ended_at: datetime | None = None
    failure: Failure | None = None
