"""What each driver of the bus brings to the one suite: an address, a way to be away, and a way to forget records."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from radar_chassis.bus.embedded import EmbeddedBus
from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import Bus, Consumer, Partition, Producer, TopicSettings
from tests.contract.bus.reader import Reader
from tests.support.kafka import KafkaBroker


class Driver(Protocol):
    """One driver under test."""

    def url(self, **settings: float) -> str:
        """Address of the log; ``member_timeout`` is what the driver calls it."""
        ...

    def trim(self, partition: Partition, before: int) -> None:
        """Forget records, as retention does."""
        ...


class Embedded:
    """The SQLite log."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "log.db"

    def url(self, **settings: float) -> str:
        return f"sqlite:///{self._path}{_query(settings, member_timeout='lease')}"

    def trim(self, partition: Partition, before: int) -> None:
        EmbeddedBus(self._path).trim(partition, before)

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """Another program holds the file."""
        holder = sqlite3.connect(self._path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            holder.close()

    away = stalled


class Kafka:
    """A real broker; one that this suite may stop when it is given as such."""

    def __init__(self, bootstrap: str, broker: KafkaBroker | None = None) -> None:
        self._bootstrap = bootstrap
        self._broker = broker

    def url(self, **settings: float) -> str:
        return f"kafka://{self._bootstrap}{_query(settings, member_timeout='session_timeout')}"

    def trim(self, partition: Partition, before: int) -> None:
        from kafka import KafkaAdminClient, TopicPartition

        admin = KafkaAdminClient(bootstrap_servers=self._bootstrap)
        admin.delete_records({TopicPartition(partition.topic, partition.number): before})
        admin.close()

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """The broker keeps its connections and answers nothing."""
        assert self._broker is not None
        self._broker.sigstop()
        try:
            yield
        finally:
            self._broker.sigcont()

    @contextmanager
    def away(self) -> Iterator[None]:
        """The broker is gone."""
        assert self._broker is not None
        self._broker.kill()
        try:
            yield
        finally:
            self._broker.start()


def _query(settings: Mapping[str, float], *, member_timeout: str) -> str:
    named = [
        f"{member_timeout if name == 'member_timeout' else name}={value}" for name, value in settings.items()
    ]
    return "?" + "&".join(named) if named else ""


class Bench:
    """A driver with everything that a test opened on it, closed at the end."""

    def __init__(self, driver: Embedded | Kafka) -> None:
        self.driver = driver
        self._buses: list[Bus] = []
        self._producers: list[Producer] = []
        self._consumers: list[Consumer] = []

    def bus(self, **settings: float) -> Bus:
        """Open the log anew, as another process would."""
        bus = open_bus(self.driver.url(**settings))
        self._buses.append(bus)
        return bus

    def topic(self, *, partitions: int = 1) -> str:
        """Make a topic of the test's own."""
        name = f"test.{uuid4().hex[:10]}.v1"
        self.bus().ensure_topics({name: TopicSettings(partitions=partitions)})
        return name

    def producer(self, **settings: float) -> Producer:
        """Return a producer of its own."""
        producer = self.bus(**settings).producer()
        self._producers.append(producer)
        return producer

    def reader(
        self, topic: str, *, group: str = "", offsets: dict[Partition, int] | None = None, **settings: float
    ) -> Reader:
        """Return a member of ``group`` that keeps its offsets in ``offsets``."""
        reader = Reader({} if offsets is None else offsets)
        reader.consumer = self.bus(**settings).consumer(
            group=group or f"group-{uuid4().hex[:8]}", topics=[topic], listener=reader
        )
        self._consumers.append(reader.consumer)
        return reader

    def close(self) -> None:
        """Let go of everything."""
        for consumer in self._consumers:
            consumer.close()
        for producer in self._producers:
            producer.close(timeout=2)
        for bus in self._buses:
            bus.close()
