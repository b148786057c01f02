"""The composition root of the health-score service."""

from dataclasses import replace
from typing import Final

from radar_chassis.access.guard import Access
from radar_chassis.bus.port import Bus
from radar_chassis.clock import Clock
from radar_chassis.http.part import Part
from radar_chassis.store import migrate as migrations
from radar_chassis.store.database import Database
from radar_health_score.adapters.forecast.learner import installed_trees
from radar_health_score.adapters.publisher import BusPublisher
from radar_health_score.adapters.scorecard_folder import load_scorecards
from radar_health_score.background import NAME, background, backtest_runs, tending
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.entrypoints.accounts_api import account_router, lists_router
from radar_health_score.entrypoints.backtests_api import backtests_router
from radar_health_score.entrypoints.changes_api import changes_router
from radar_health_score.entrypoints.family_api import family_router
from radar_health_score.entrypoints.metric_history_api import metric_history_router
from radar_health_score.entrypoints.metrics_api import metrics_router
from radar_health_score.entrypoints.models_api import models_router
from radar_health_score.entrypoints.overrides_api import overrides_router
from radar_health_score.entrypoints.people_api import people_router
from radar_health_score.entrypoints.renewals_api import renewals_router
from radar_health_score.entrypoints.scorecards_api import scorecards_router
from radar_health_score.portfolio_routes import portfolio_routes
from radar_health_score.repositories.backtest_book import BacktestBook
from radar_health_score.repositories.backtest_run_book import RunBook
from radar_health_score.repositories.bulk import Bulk
from radar_health_score.repositories.bulk_sqlite import SqliteBulk
from radar_health_score.repositories.claims import Claims
from radar_health_score.repositories.configuration_book import ConfigurationBook
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.family_rows import FamilyRows
from radar_health_score.repositories.health_lists import HealthLists
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.repositories.override_book import OverrideBook
from radar_health_score.repositories.renewal_lists import RenewalLists
from radar_health_score.repositories.segment_book import CutBook
from radar_health_score.repositories.unscorable_accounts import UnscorableAccounts
from radar_health_score.service.forecast.champions import Champions
from radar_health_score.service.queries.accounts import AccountQueries
from radar_health_score.service.queries.backtests import BacktestQueries
from radar_health_score.service.queries.changes import ChangeQueries
from radar_health_score.service.queries.family import FamilyQueries
from radar_health_score.service.queries.health import HealthQueries
from radar_health_score.service.queries.metric_history import MetricHistoryQueries
from radar_health_score.service.queries.models import ModelQueries
from radar_health_score.service.queries.people import PeopleQueries
from radar_health_score.service.queries.query_context import QueryContext
from radar_health_score.service.queries.renewals import RenewalQueries
from radar_health_score.service.queries.scorecards import ScorecardQueries
from radar_health_score.service.queries.use import UseQueries
from radar_health_score.service.scoring.configurations import Configurations
from radar_health_score.service.scoring.overrides import Overrides
from radar_health_score.service.scoring.scorer import PresentScorer
from radar_health_score.service.state.facts import FactsReader
from radar_health_score.settings import Settings

SCHEMA: Final = "health"
MIGRATIONS: Final = "radar_health_score.repositories.migrations"


def database(settings: Settings) -> Database:
    """Return this service's database."""
    return Database(settings.database_for(SCHEMA), schema=SCHEMA)


def bulk_for(tables: Database) -> Bulk:
    """Return the bulk statements of this kind of database."""
    if tables.is_sqlite:
        return SqliteBulk()
    from radar_health_score.repositories.bulk_postgres import PostgresBulk  # noqa: PLC0415 - an extra

    return PostgresBulk(tables.engine)


def migrate(settings: Settings) -> None:
    """Bring this service's tables up to date; raises DatabaseUnavailable."""
    store = database(settings)
    try:
        migrations.migrate(store, MIGRATIONS)
    finally:
        store.dispose()


def build(settings: Settings, *, bus: Bus, access: Access, clock: Clock) -> Part:
    """Return the service, ready to run on migrated tables."""
    tables = database(settings)
    bulk = bulk_for(tables)
    configuration = configuration_of(settings)
    workspace, scorecards = configuration.workspace, configuration.scorecards
    configurations = Configurations(current=configuration, book=ConfigurationBook())

    registry = ModelRegistry()
    champions = Champions(registry, installed_trees)
    context = QueryContext(
        database=tables,
        rows=(rows := FactRows(bulk)),
        reader=FactsReader(rows, WorkspaceDays(settings.time_zone), workspace.is_key),
        lists=HealthLists(),
        scorer=PresentScorer(configurations, lambda: champions.now),
        configurations=configurations,
        champions=champions,
        clock=clock,
    )
    publisher = BusPublisher(bus.producer())
    rates = exchange_rates(settings)
    worker, others = background(settings, context, champions, bulk, bus, publisher)
    backtests = backtest_runs(settings, context)
    accounts = AccountQueries(context, rates, FamilyQueries(FamilyRows(), rates), UnscorableAccounts())
    health, use = HealthQueries(context), UseQueries(context, workspace.is_key)

    def close() -> None:
        publisher.close()
        tables.dispose()

    return Part(
        name=NAME,
        routers=(
            lists_router(accounts, access),
            renewals_router(RenewalQueries(context, RenewalLists(), rates), access),
            account_router(accounts, health, use, access),
            people_router(PeopleQueries(context), access),
            family_router(accounts, access),
            changes_router(ChangeQueries(context), access),
            metric_history_router(MetricHistoryQueries(context), access),
            scorecards_router(ScorecardQueries(tables, context.configurations), access),
            overrides_router(Overrides(database=tables, rows=rows, book=OverrideBook(), clock=clock), access),
            metrics_router(scorecards, access),
            backtests_router(
                BacktestQueries(tables, BacktestBook(), RunBook(), Claims(), clock),
                backtests,
                access,
            ),
            models_router(ModelQueries(tables, registry), access),
            *portfolio_routes(settings, context, bulk, workspace, rates, access),
        ),
        checks={"database": tables.ping, "log": bus.ping, "worker": worker.check},
        tasks=(worker, *others, tending(backtests)),
        close=close,
    )


def exchange_rates(settings: Settings) -> Rates:
    """Return what other currencies are worth in the workspace's own."""
    return Rates(currency=settings.health.currency, rates=settings.health.rates)


def workspace_settings(settings: Settings) -> WorkspaceSettings:
    """Return the rules that metrics depend on."""
    keys = settings.health.key_features
    return WorkspaceSettings(
        key_features=None if keys is None else frozenset(keys),
        north_star={product: tuple(names) for product, names in settings.health.north_star.items()},
        north_star_targets=settings.health.north_star_target,
        business_models=settings.health.business_model,
        time_zone=settings.time_zone,
        segments=settings.health.segments,
        key_from_arr=settings.health.key_from_arr,
        mid_from_arr=settings.health.mid_from_arr,
        exchange=exchange_rates(settings),
        language=settings.language,
    )


def configuration_now(settings: Settings, tables: Database) -> Configuration:
    """Return what is in force where nothing runs that keeps the portfolio's cut: the last one noted.

    Raises:
        ConfigurationError: see ``configuration_of``.
        DatabaseUnavailable: the cut can't be read.
    """
    configuration = configuration_of(settings)
    if configuration.workspace.segments != "pareto":
        return configuration
    with tables.reading() as connection:
        cuts = CutBook().cuts(connection)
    return replace(configuration, workspace=replace(configuration.workspace, cuts=cuts))


def configuration_of(settings: Settings) -> Configuration:
    """Return the scorecards and rules that these settings put in force.

    Raises:
        ConfigurationError: names every mistake in the scorecards of the configured folder.
    """
    return Configuration(
        scorecards=load_scorecards(settings.health.scorecards), workspace=workspace_settings(settings)
    )
