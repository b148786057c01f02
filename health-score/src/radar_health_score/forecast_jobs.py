"""Wires what works on the whole store beside the service: backtests, training, a look at the champion."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_chassis.tasks import Periodic
from radar_health_score.adapters.forecast.learner import InstalledLearner, installed_trees
from radar_health_score.domain.forecast.baselines import BASELINES
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.main import bulk_for, configuration_of, database, exchange_rates
from radar_health_score.repositories.backtest_book import BacktestBook
from radar_health_score.repositories.backtest_run_book import RunBook
from radar_health_score.repositories.claims import Claims
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.repositories.watch_book import WatchBook
from radar_health_score.service.forecast.backtest_job import BacktestJob
from radar_health_score.service.forecast.backtest_runs import CarryingOut
from radar_health_score.service.forecast.backtesting import Backtesting
from radar_health_score.service.forecast.champions import Champions
from radar_health_score.service.forecast.model_forecaster import ModelForecaster, observed_features
from radar_health_score.service.forecast.observing import Observing
from radar_health_score.service.forecast.train_job import CurrentChampion, TrainJob
from radar_health_score.service.forecast.training import Training
from radar_health_score.service.forecast.watching import Watching
from radar_health_score.service.portfolio.cutting_past import CuttingPast
from radar_health_score.service.state.facts import FactsReader
from radar_health_score.settings import Settings

RENEW_SECONDS: Final = 60.0


@contextmanager
def backtest_job(settings: Settings, clock: Clock, name: str | None = None) -> Iterator[BacktestJob]:
    """Yield a job that makes a backtest on migrated tables, kept as ``name``. Raises ConfigurationError."""
    tables = database(settings)
    try:
        yield BacktestJob(
            database=tables,
            observing=observing(settings, tables, clock),
            backtesting=Backtesting(
                forecasters=(*BASELINES, ModelForecaster(learner=InstalledLearner())),
                days=WorkspaceDays(settings.time_zone),
            ),
            book=BacktestBook(name),
            rates=exchange_rates(settings),
            clock=clock,
            features=observed_features,
        )
    finally:
        tables.dispose()


@contextmanager
def backtest_run(settings: Settings, clock: Clock, backtest_id: str) -> Iterator[CarryingOut]:
    """Yield what carries out a backtest that was asked for. Raises ConfigurationError."""
    with backtest_job(settings, clock, backtest_id) as job:
        carrying = CarryingOut(
            database=job.database,
            book=RunBook(),
            claims=Claims(),
            clock=clock,
            work=lambda wish: job.run(lambda *_: None, split=wish.split, leads=wish.leads),
        )
        lease = Periodic("backtest.lease", partial(carrying.renew, backtest_id), every=RENEW_SECONDS)
        lease.start()
        try:
            yield carrying
        finally:
            lease.stop()
            lease.join(RENEW_SECONDS)


@contextmanager
def train_job(settings: Settings, clock: Clock) -> Iterator[TrainJob]:
    """Yield a job that trains on migrated tables. Raises ConfigurationError."""
    tables = database(settings)
    registry = ModelRegistry()
    configuration = configuration_of(settings)
    try:
        yield TrainJob(
            observing=observing(settings, tables, clock),
            rates=exchange_rates(settings),
            training=Training(
                database=tables,
                registry=registry,
                learner=InstalledLearner(),
                champion=CurrentChampion(tables, registry, Champions(registry, installed_trees)),
                scorecards=tuple(sorted({one.version for one in configuration.scorecards.in_force()})),
                days=WorkspaceDays(settings.time_zone),
                clock=clock,
            ),
        )
    finally:
        tables.dispose()


@contextmanager
def watch_job(settings: Settings, clock: Clock) -> Iterator[Watching]:
    """Yield a job that looks at the champion, on migrated tables. Raises ConfigurationError."""
    tables = database(settings)
    registry = ModelRegistry()
    try:
        yield Watching(
            database=tables,
            observing=observing(settings, tables, clock),
            champion=CurrentChampion(tables, registry, Champions(registry, installed_trees)),
            features=observed_features,
            book=WatchBook(),
            rates=exchange_rates(settings),
            clock=clock,
        )
    finally:
        tables.dispose()


@contextmanager
def model_registry(settings: Settings) -> Iterator[tuple[Database, ModelRegistry]]:
    """Yield the registry of models and its database, on migrated tables."""
    tables = database(settings)
    try:
        yield tables, ModelRegistry()
    finally:
        tables.dispose()


def observing(settings: Settings, tables: Database, clock: Clock) -> Observing:
    """Return what observes contract ends, as far as they are known by now, under the present scorecards."""
    bulk, now = bulk_for(tables), clock.now()
    configuration = configuration_of(settings)
    rows, scan, days = FactRows(bulk), ScanRows(bulk), WorkspaceDays(settings.time_zone)
    return Observing(
        database=tables,
        rows=rows,
        reader=FactsReader(rows, days, configuration.workspace.is_key),
        scan=scan,
        configuration=CuttingPast(
            database=tables, scan=scan, days=days, configuration=configuration, until=now
        ),
        until=now,
    )
