"""The composition root of alerts."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from radar_alerts.adapters.topic import TopicWriter
from radar_alerts.domain.delivery import RetryPolicy
from radar_alerts.domain.languages import Languages
from radar_alerts.domain.policy import Policy
from radar_alerts.entrypoints import alerts, deliveries
from radar_alerts.entrypoints.records import HealthRecords
from radar_alerts.notifiers import http_post
from radar_alerts.notifiers.package import Surroundings
from radar_alerts.notifiers.registry import known_channel, notifier_packages
from radar_alerts.notifiers.set_up import (
    available_channels,
    build_notifiers,
    channel_routers,
    channel_titles,
    refuse_to_start,
)
from radar_alerts.service.alert_commands import AlertCommands
from radar_alerts.service.announce import Announcer
from radar_alerts.service.apply_timeouts import ApplyTimeouts
from radar_alerts.service.case_acts import AlertActs, SignedRequests, SlackOwners, known_owners
from radar_alerts.service.delete_old_deliveries import DeleteOldDeliveries
from radar_alerts.service.dispatch import Dispatch
from radar_alerts.service.ports import Notifier
from radar_alerts.service.queries import Queries
from radar_alerts.service.relay import Relay
from radar_alerts.service.take_snapshots import TakeSnapshots
from radar_alerts.service.try_channel import TryChannel
from radar_alerts.settings import AlertsSettings, Settings
from radar_chassis.access.guard import Access
from radar_chassis.bus.port import Bus
from radar_chassis.clock import Clock
from radar_chassis.http.part import Part
from radar_chassis.store.database import Database
from radar_chassis.store.migrate import migrate as upgrade
from radar_chassis.tasks import Periodic
from radar_chassis.worker.worker import Worker, WorkerSettings
from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.contracts.topics import HEALTH

NAME = "alerts"
FORGET_SECONDS = 6 * 3600.0


def database(settings: Settings) -> Database:
    """Return the alerts' database, connected on first use."""
    return Database(settings.database_for(NAME), schema=NAME)


def migrate(settings: Settings) -> None:
    """Bring the alerts' tables up to date. Raises DatabaseUnavailable."""
    store = database(settings)
    try:
        upgrade(store, "radar_alerts.repositories.migrations")
    finally:
        store.dispose()


def build(settings: Settings, *, bus: Bus, access: Access, clock: Clock) -> Part:
    """Return the service, ready to run; nothing is connected or started yet.

    Raises:
        ConfigurationError: settings that can't work.
    """
    store = database(settings)
    policy = _policy(settings.alerts)
    languages = _languages(settings)
    announcer = Announcer(
        channels=available_channels(settings.alerts),
        titles=channel_titles(),
        console=_console(settings),
        languages=languages,
    )
    background: list[Periodic] = []

    def wake() -> None:
        for task in background:
            task.wake()

    http = http_post.client()
    commands = AlertCommands(database=store, policy=policy, clock=clock)
    shared = Surroundings(
        client=http,
        clock=clock,
        trusted=frozenset(),
        language=languages.operators,
        acts=AlertActs(commands=commands, wake=wake),
        person=SlackOwners(database=store),
        first_time=SignedRequests(database=store).first_time,
    )
    refuse_to_start(settings.alerts, lambda: known_owners(store))
    notifiers = build_notifiers(settings.alerts, shared)
    dispatches = _dispatches(notifiers, store, announcer, clock, _retry_policy(settings), wake)
    topic = TopicWriter(bus.producer())
    relay = Periodic("alerts.relay", Relay(database=store, publish=topic.publish), every=5.0)
    carriers = [
        Periodic(f"alerts.{name}.{number}", dispatch, every=5.0)
        for name, dispatch in dispatches.items()
        for number in range(1, notifier_packages()[name].senders + 1)
    ]
    background += [relay, *carriers]
    time = ApplyTimeouts(database=store, policy=policy, announcer=announcer, clock=clock, wake=wake)
    take = TakeSnapshots(policy=policy, announcer=announcer, clock=clock)
    forget = DeleteOldDeliveries(
        database=store, clock=clock, age=timedelta(days=settings.alerts.delivery_days)
    )
    worker = Worker(
        NAME,
        bus=bus,
        database=store,
        handler=HealthRecords(take, wake),
        clock=clock,
        settings=WorkerSettings(
            group="radar.alerts", topics=(HEALTH,), max_records=min(settings.batch_records, 1_000)
        ),
    )

    forgetting = Periodic("alerts.forgetting", forget, every=FORGET_SECONDS)

    def close() -> None:
        topic.close()
        http.close()
        store.dispose()

    queries = Queries(store)
    trying = TryChannel(
        database=store,
        channels=announcer.channels,
        clock=clock,
        dispatchers=dispatches,
        language=languages.operators,
    )
    return Part(
        name=NAME,
        routers=(
            alerts.router(queries, commands, access, wake),
            deliveries.router(queries, trying, access, known_channel),
            *channel_routers(settings.alerts, shared),
        ),
        checks={"log": bus.ping, "database": store.ping, "worker": worker.check},
        tasks=(relay, *carriers, Periodic("alerts.time", time, every=5.0), forgetting, worker),
        close=close,
    )


def _policy(wanted: AlertsSettings) -> Policy:
    return Policy(
        open_below=wanted.open_below,
        prospects=wanted.prospects,
        resolve_above=wanted.resolve_above,
        hold=timedelta(minutes=wanted.hold_minutes),
        reopen_after=timedelta(hours=wanted.reopen_hours),
        escalate_after=timedelta(hours=wanted.escalate_hours),
    )


def _languages(settings: Settings) -> Languages:
    wanted = settings.alerts
    return Languages(
        workspace=settings.language,
        owners=wanted.language,
        queues={segment: given.language for segment, given in wanted.queues.items() if given.language},
        operators=wanted.operators.language or settings.language,
    )


def _dispatches(
    notifiers: Mapping[Channel, Notifier],
    store: Database,
    announcer: Announcer,
    clock: Clock,
    retry_policy: RetryPolicy,
    wake: Callable[[], None],
) -> Mapping[Channel, Dispatch]:
    return {
        channel: Dispatch(
            channel=channel,
            notifier=notifier,
            database=store,
            announcer=announcer,
            clock=clock,
            retry_policy=retry_policy,
            wake=wake,
            pause=notifier_packages()[channel].pause,
        )
        for channel, notifier in notifiers.items()
    }


def _retry_policy(settings: Settings) -> RetryPolicy:
    return RetryPolicy(
        lease=timedelta(seconds=settings.alerts.lease_seconds),
        reconcile_after=timedelta(seconds=settings.alerts.reconcile_seconds),
    )


def _console(settings: Settings) -> str | None:
    return settings.public_url.rstrip("/") if settings.public_url else None
