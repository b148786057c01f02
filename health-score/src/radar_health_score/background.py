"""Wires what the service does beside answering: a part of the composition root."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

from sqlalchemy.exc import DatabaseError

from radar_chassis.bus.port import Bus
from radar_chassis.store.database import DatabaseUnavailable
from radar_chassis.tasks import Periodic, Task
from radar_chassis.worker.worker import Worker, WorkerSettings
from radar_health_score.adapters.forecast.job_process import JobProcess
from radar_health_score.adapters.publisher import BusPublisher
from radar_health_score.entrypoints.event_handler import EventHandler
from radar_health_score.repositories.backtest_run_book import RunBook
from radar_health_score.repositories.bulk import Bulk
from radar_health_score.repositories.claims import Claims
from radar_health_score.repositories.fold_store import FoldStore
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.repositories.segment_book import CutBook
from radar_health_score.repositories.snapshot_store import SnapshotStore
from radar_health_score.repositories.unscorable_accounts import UnscorableAccounts
from radar_health_score.repositories.watch_book import WatchBook
from radar_health_score.service.forecast.alert_reasons import AddModelReasons
from radar_health_score.service.forecast.backtest_runs import BacktestRuns
from radar_health_score.service.forecast.champions import ChampionRefresh, Champions
from radar_health_score.service.forecast.plans import TrainingPlan, WatchPlan
from radar_health_score.service.forecast.schedule import Plan, Run, Schedule
from radar_health_score.service.forecast.watch_gauges import WatchGauges
from radar_health_score.service.queries.housekeeping import DeleteOldIds, Gauges
from radar_health_score.service.queries.query_context import QueryContext
from radar_health_score.service.scoring.configurations import Registering
from radar_health_score.service.scoring.rescoring import Rescoring
from radar_health_score.service.scoring.scoring_loop import ScoringLoop
from radar_health_score.service.scoring.segment_cut_updater import SegmentCutUpdater
from radar_health_score.service.state.events import Event
from radar_health_score.service.state.folding import Folder
from radar_health_score.service.state.import_delay import ImportDelay
from radar_health_score.service.state.inactive_users_cache import InactiveUsersCache
from radar_health_score.settings import Settings
from radar_vocabulary.contracts.topics import EVENTS

NAME: Final = "health-score"
GROUP: Final = "radar.health-score"
BACKTEST_SECONDS: Final = 5.0
CHAMPION_SECONDS: Final = 5.0
CONFIGURE_SECONDS: Final = 15.0
FORGET_SECONDS: Final = 6 * 3600.0
GAUGE_SECONDS: Final = 15.0
SCHEDULE_SECONDS: Final = 60.0
SCORING_SECONDS: Final = 1.0
WATCHED_SECONDS: Final = 60.0


def background(
    settings: Settings,
    context: QueryContext,
    champions: Champions,
    bulk: Bulk,
    bus: Bus,
    publisher: BusPublisher,
) -> tuple[Worker[Event], Sequence[Task]]:
    """Return the consumer, and what runs beside it for the partitions it holds."""
    store, inactive, unscorable = FoldStore(bulk), InactiveUsersCache(), UnscorableAccounts()
    folder = Folder(store, context.reader.days, clock=context.clock, inactive=inactive)

    def wake() -> None:
        scoring.wake()

    worker = Worker[Event](
        NAME,
        bus=bus,
        database=context.database,
        handler=EventHandler(folder, wake),
        clock=context.clock,
        settings=WorkerSettings(group=GROUP, topics=(EVENTS,), max_records=settings.batch_records),
    )

    def owned() -> frozenset[int]:
        return frozenset(partition.number for partition in worker.held())

    rescoring = Rescoring(
        database=context.database,
        reader=context.reader.counting(inactive),
        snapshots=SnapshotStore(bulk, context.configurations.current.workspace.exchange),
        scorer=context.scorer,
        publisher=publisher,
        clock=context.clock,
        unscorable=unscorable,
        import_delay=ImportDelay(quiet=timedelta(seconds=settings.health.settle_seconds)),
        reasons=AddModelReasons(configurations=context.configurations, champion=lambda: champions.now),
    )
    loop = ScoringLoop(
        rescoring,
        owned,
        sweep_every=timedelta(seconds=settings.health.sweep_seconds),
        sweep_accounts=settings.health.sweep_accounts,
    )
    scoring = Periodic(f"{NAME}.scoring", loop, every=SCORING_SECONDS)
    gauges = Gauges(database=context.database, lists=context.lists, unscorable=unscorable, owned=owned)
    forgetting = DeleteOldIds(database=context.database, seen=store, clock=context.clock)
    watched = WatchGauges(database=context.database, book=WatchBook())
    others = (
        *_refreshes(context, champions, loop.renew),
        *_on_schedule(settings, context),
        scoring,
        Periodic(f"{NAME}.gauges", gauges, every=GAUGE_SECONDS),
        Periodic(f"{NAME}.watched", watched, every=WATCHED_SECONDS),
        Periodic(f"{NAME}.forgetting", forgetting, every=FORGET_SECONDS),
    )
    return worker, others


def _refreshes(context: QueryContext, champions: Champions, renew: Callable[[], None]) -> Iterator[Task]:
    """Yield the looks for another cut of the portfolio and another champion; ``renew`` scores all accounts again."""
    keeping = SegmentCutUpdater(
        database=context.database,
        book=CutBook(),
        configurations=context.configurations,
        clock=context.clock,
        adopted=renew,
    )
    registering = Registering(
        database=context.database, configurations=context.configurations, clock=context.clock
    )
    champion = ChampionRefresh(context.database, champions, renew)
    # Without a database, or before a process of its own has made the tables, the tasks below take it up later.
    for take_up in (keeping.take_up, champion):
        with suppress(DatabaseUnavailable, DatabaseError):
            take_up()

    def configure() -> None:
        keeping()
        registering()

    yield Periodic(f"{NAME}.configuration", configure, every=CONFIGURE_SECONDS)
    yield Periodic(f"{NAME}.champion", champion, every=CHAMPION_SECONDS)


def _on_schedule(settings: Settings, context: QueryContext) -> Iterator[Task]:
    """Yield the looks whether it is time to train or to look at the champion, where that is on a schedule."""
    registry, health = ModelRegistry(), settings.health
    if health.train_every_days:
        plan = TrainingPlan(registry=registry, every=timedelta(days=health.train_every_days))
        yield _scheduled(context, plan, lambda: JobProcess(settings, "train"))
    if health.watch_every_days:
        every = timedelta(days=health.watch_every_days)
        look = WatchPlan(registry=registry, book=WatchBook(), every=every)
        yield _scheduled(context, look, lambda: JobProcess(settings, "watch"))


def backtest_runs(settings: Settings, context: QueryContext) -> BacktestRuns:
    """Return what makes backtests when somebody asks for one."""
    return BacktestRuns(
        database=context.database,
        book=RunBook(),
        claims=Claims(),
        clock=context.clock,
        start=lambda backtest_id: JobProcess(settings, "backtest", backtest_id),
    )


def tending(backtests: BacktestRuns) -> Task:
    """Return the look whether their processes go on."""
    return Periodic(f"{NAME}.backtests", backtests, every=BACKTEST_SECONDS, close=backtests.close)


def _scheduled(context: QueryContext, plan: Plan, start: Callable[[], Run]) -> Task:
    schedule = Schedule(
        database=context.database, claims=Claims(), clock=context.clock, plan=plan, start=start
    )
    return Periodic(f"{NAME}.{plan.work}", schedule, every=SCHEDULE_SECONDS, close=schedule.close)
