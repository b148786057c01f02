"""The composition root of alerts."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from radar_alerts.adapters.topic import TopicWriter
from radar_alerts.domain.announcing.guards import MassLimit
from radar_alerts.domain.announcing.routes import Routes
from radar_alerts.domain.cases.machine import Machine
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.delivery import RetryPolicy
from radar_alerts.domain.languages import Languages
from radar_alerts.domain.rules.known import KNOWN_READINGS
from radar_alerts.domain.rules.load import load_rules
from radar_alerts.entrypoints import alerts, cases, deliveries, holds
from radar_alerts.entrypoints import routes as account_routes
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
from radar_alerts.routing_settings import routing_tree
from radar_alerts.service.announce_cases import AnnounceCases
from radar_alerts.service.apply_timeouts import ApplyTimeouts
from radar_alerts.service.case_acts import ActsFromChannels, SignedRequests, SlackOwners, known_owners
from radar_alerts.service.case_commands import CaseCommands
from radar_alerts.service.case_queries import CaseQueries
from radar_alerts.service.delete_old_deliveries import DeleteOldDeliveries
from radar_alerts.service.delivery_queries import DeliveryQueries
from radar_alerts.service.dispatch import Dispatch
from radar_alerts.service.holds import Holds
from radar_alerts.service.operator_notes import OperatorNotes
from radar_alerts.service.ports import Notifier
from radar_alerts.service.relay import Relay
from radar_alerts.service.route_questions import RouteQuestions
from radar_alerts.service.surroundings_now import SurroundingsNow
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
    wanted = settings.alerts
    policy = _policy(wanted)
    rules = load_rules(wanted.rules, KNOWN_READINGS)
    languages = _languages(settings)
    tree = routing_tree(
        wanted,
        channels=available_channels(wanted),
        languages=languages,
        time_zone=settings.time_zone,
        rules=[one.name for one in rules.rules],
    )
    routes = Routes(tree=tree)
    notes = OperatorNotes(channels=routes.channels, titles=channel_titles(), language=languages.operators)
    background: list[Periodic] = []

    def wake() -> None:
        for task in background:
            task.wake()

    http = http_post.client()
    act = CaseCommands(database=store, policy=policy, clock=clock)
    shared = Surroundings(
        client=http,
        clock=clock,
        trusted=frozenset(),
        language=languages.operators,
        acts=ActsFromChannels(commands=act, wake=wake),
        person=SlackOwners(database=store),
        first_time=SignedRequests(database=store).first_time,
    )
    refuse_to_start(settings.alerts, lambda: known_owners(store))
    notifiers = build_notifiers(settings.alerts, shared)
    dispatches = _dispatches(notifiers, store, notes, clock, _retry_policy(settings), wake)
    topic = TopicWriter(bus.producer())
    relay = Periodic("alerts.relay", Relay(database=store, publish=topic.publish), every=5.0)
    carriers = [
        Periodic(f"alerts.{name}.{number}", dispatch, every=5.0)
        for name, dispatch in dispatches.items()
        for number in range(1, notifier_packages()[name].senders + 1)
    ]

    def wake_carriers() -> None:
        for task in carriers:
            task.wake()

    announce = AnnounceCases(
        database=store,
        routes=routes,
        rules=rules,
        policy=policy,
        clock=clock,
        wake=wake_carriers,
        console=_console(settings),
        limit=MassLimit(
            least=wanted.mass_least,
            share=wanted.mass_share,
            first_contact=timedelta(hours=wanted.first_contact_hours),
        ),
    )
    announcing = Periodic("alerts.announcing", announce, every=5.0)
    background += [relay, announcing, *carriers]
    held = Holds(database=store, routes=routes, clock=clock, wake=wake, console=_console(settings))
    time = ApplyTimeouts(database=store, policy=policy, clock=clock, wake=wake)
    take = TakeSnapshots(
        machine=Machine(rules=rules, policy=policy),
        surroundings=SurroundingsNow(clock=clock, cases_a_week=wanted.cases_a_week),
        clock=clock,
    )
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

    def close() -> None:
        topic.close()
        http.close()
        store.dispose()

    queries = CaseQueries(store)
    asking = RouteQuestions(
        tree=tree, rules=rules, clock=clock, latest=queries.latest_snapshot, told_today=queries.sent_since
    )
    trying = TryChannel(
        database=store,
        channels=routes.channels,
        clock=clock,
        dispatchers=dispatches,
        language=languages.operators,
    )
    return Part(
        name=NAME,
        routers=(
            cases.router(queries, act, policy, access, clock, wake),
            holds.router(queries, held, rules, access),
            alerts.router(queries, act, access, wake),
            account_routes.router(asking, access),
            deliveries.router(DeliveryQueries(store), trying, access, known_channel),
            *channel_routers(settings.alerts, shared),
        ),
        checks={"log": bus.ping, "database": store.ping, "worker": worker.check},
        tasks=(
            relay,
            announcing,
            *carriers,
            Periodic("alerts.time", time, every=5.0),
            Periodic("alerts.holds", held.tend, every=5.0),
            Periodic("alerts.forgetting", forget, every=FORGET_SECONDS),
            worker,
        ),
        close=close,
    )


def _policy(wanted: AlertsSettings) -> CasePolicy:
    return CasePolicy(
        account_cases=wanted.account_cases, escalate_after=timedelta(hours=wanted.escalate_hours)
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
    notes: OperatorNotes,
    clock: Clock,
    retry_policy: RetryPolicy,
    wake: Callable[[], None],
) -> Mapping[Channel, Dispatch]:
    return {
        channel: Dispatch(
            channel=channel,
            notifier=notifier,
            database=store,
            notes=notes,
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
