"""Events put straight on the log, as ingest would, and how far a service has consumed them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import text

from radar.settings import Settings
from radar_chassis.bus.port import Bus, Outgoing
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.event_record import EventRecord, encode_event
from radar_vocabulary.contracts.topics import EVENTS
from tests.support.product import Product


def record(event: Mapping[str, Any]) -> Outgoing:
    """Return the record that ingest would make of a native event."""
    now = datetime.now(UTC)
    made = EventRecord(
        version=1,
        id=event["id"],
        type=event["type"],
        account_id=event["account_id"],
        user_id=event.get("user_id"),
        occurred_at=now,
        received_at=now,
        known_at=now,
        data=msgspec.Raw(msgspec.json.encode(event["data"])),
    )
    return Outgoing(topic=EVENTS, key=made.account_id.encode(), value=encode_event(made))


def publish_events(bus: Bus, events: Sequence[Mapping[str, Any]]) -> None:
    """Put events on the log and wait until they are durable."""
    producer = bus.producer()
    producer.publish([record(event) for event in events]).result(20)
    producer.close()


class Offsets:
    """Looks into a service's database for how many records it has consumed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def consumed(self, topic: str = EVENTS) -> int:
        """Return the sum of the committed offsets of the topic's partitions."""
        query = text("SELECT COALESCE(SUM(next_offset), 0) FROM consumer_offsets WHERE topic = :topic")
        with self._database.reading() as connection:
            return int(connection.execute(query, {"topic": topic}).scalar_one())


@contextmanager
def offsets_of(product: Product, service: str) -> Iterator[Offsets]:
    """Open the database of ``service`` beside its process."""
    settings = Settings(data=product.folder, database_url=product.database_url)
    database = Database(settings.database_for(service), schema=service)
    try:
        yield Offsets(database)
    finally:
        database.dispose()
