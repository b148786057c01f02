"""Wires what works on the whole store beside the service: backtests."""

from collections.abc import Iterator
from contextlib import contextmanager

from radar_chassis.clock import Clock
from radar_chassis.config import Settings
from radar_chassis.store.database import Database
from radar_health_score.adapters.backtest_book import SqlBacktestBook
from radar_health_score.adapters.fact_rows import SqlFactRows
from radar_health_score.adapters.scan_rows import SqlScanRows
from radar_health_score.domain.forecast.simple_rules import RULES
from radar_health_score.domain.workspace_days import WorkspaceDays
from radar_health_score.main import bulk_for, configuration_of, database, exchange_rates
from radar_health_score.service.facts import FactsReader
from radar_health_score.service.forecast.backtest_job import BacktestJob
from radar_health_score.service.forecast.backtesting import Backtesting
from radar_health_score.service.forecast.observing import Observing


@contextmanager
def backtest_job(settings: Settings, clock: Clock) -> Iterator[BacktestJob]:
    """Yield a job that makes backtests on migrated tables. Raises ConfigurationError."""
    tables = database(settings)
    try:
        yield BacktestJob(
            database=tables,
            observing=observing(settings, tables, clock),
            backtesting=Backtesting(forecasters=RULES, days=WorkspaceDays(settings.time_zone)),
            book=SqlBacktestBook(),
            rates=exchange_rates(settings),
            clock=clock,
        )
    finally:
        tables.dispose()


def observing(settings: Settings, tables: Database, clock: Clock) -> Observing:
    """Return what observes contract ends, as far as they are known by now, under the present scorecards."""
    bulk = bulk_for(tables)
    configuration = configuration_of(settings)
    rows = SqlFactRows(bulk)
    return Observing(
        database=tables,
        rows=rows,
        reader=FactsReader(rows, WorkspaceDays(settings.time_zone), configuration.rules.is_key),
        scan=SqlScanRows(bulk),
        configuration=configuration,
        until=clock.now(),
    )
