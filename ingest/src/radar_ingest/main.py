"""The composition root of ingest."""

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from radar_chassis.access.guard import Access
from radar_chassis.bus.port import Bus, Retention
from radar_chassis.clock import Clock
from radar_chassis.http.part import Part
from radar_chassis.store.database import Database
from radar_chassis.store.migrate import migrate as upgrade
from radar_chassis.tasks import Periodic, Task
from radar_chassis.worker.worker import Worker, WorkerSettings
from radar_ingest.domain.limits import Limits
from radar_ingest.entrypoints import dead_letters, native, segment
from radar_ingest.entrypoints.dead_letter_consumer import GROUP, DeadLetterConsumer
from radar_ingest.repositories.dead_letters import DeadLetters
from radar_ingest.repositories.memberships import Memberships
from radar_ingest.service.accounts import Accounts
from radar_ingest.service.housekeeping import ApplyRetention, DeleteOldDeadLetters
from radar_ingest.service.intake import Intake
from radar_ingest.service.native import TakeEvents
from radar_ingest.service.rate import Rate
from radar_ingest.service.recent import RecentIds
from radar_ingest.service.replay import ReplayDeadLetters
from radar_ingest.service.segment import TakeMessages
from radar_ingest.settings import Settings
from radar_vocabulary.contracts.topics import DEAD_LETTERS

NAME = "ingest"
_LETTERS_AT_ONCE = 200
FORGET_SECONDS: Final = 6 * 3600.0


def database(settings: Settings) -> Database:
    """Return ingest's database, connected on first use."""
    return Database(settings.database_for(NAME), schema=NAME)


def migrate(settings: Settings) -> None:
    """Bring ingest's tables up to date. Raises DatabaseUnavailable."""
    store = database(settings)
    try:
        upgrade(store, "radar_ingest.repositories.migrations")
    finally:
        store.dispose()


def build(settings: Settings, *, bus: Bus, access: Access, clock: Clock) -> Part:
    """Return the service, ready to run; nothing is connected or started yet."""
    limits = _limits(settings)
    store = database(settings)
    producer = bus.producer()
    intake = Intake(
        producer, RecentIds(settings.ingest.remembered_ids), deadline=settings.ingest.acknowledge_seconds
    )
    rate = Rate(settings.ingest.events_per_second, time.monotonic)
    messages = TakeMessages(intake, Accounts(Memberships(store)), rate, clock, limits)
    letters = DeadLetters(store)
    folding = Worker(
        NAME,
        bus=bus,
        database=store,
        handler=DeadLetterConsumer(),
        clock=clock,
        settings=WorkerSettings(group=GROUP, topics=(DEAD_LETTERS,), max_records=_LETTERS_AT_ONCE),
    )

    def close() -> None:
        producer.close()
        store.dispose()

    return Part(
        name=NAME,
        routers=(
            native.router(TakeEvents(intake, rate, clock, limits), access, limits),
            segment.router(messages, access, limits),
            dead_letters.router(letters, ReplayDeadLetters(letters, intake, messages, clock, limits), access),
        ),
        streams=(native.PATH, *segment.PATHS),
        checks={"log": bus.ping, "database": store.ping, "dead_letters": folding.check},
        tasks=(folding, *_housekeeping(settings, bus, letters, clock)),
        close=close,
    )


def _housekeeping(settings: Settings, bus: Bus, letters: DeadLetters, clock: Clock) -> Sequence[Task]:
    kept = settings.log
    retention = Retention(age=timedelta(hours=kept.keep_hours), records=kept.keep_records)
    forgetting = DeleteOldDeadLetters(
        letters=letters, clock=clock, age=timedelta(days=settings.ingest.letter_days)
    )
    return (
        Periodic(f"{NAME}.log", ApplyRetention(bus=bus, retention=retention), every=kept.trim_seconds),
        Periodic(f"{NAME}.letters", forgetting, every=FORGET_SECONDS),
    )


def _limits(settings: Settings) -> Limits:
    wanted = settings.ingest
    return Limits(
        compressed_body=wanted.max_body_bytes,
        body=wanted.max_inflated_bytes,
        records=wanted.max_records,
        record=wanted.max_record_bytes,
        depth=wanted.max_depth,
        future=timedelta(seconds=wanted.max_future_seconds),
    )
