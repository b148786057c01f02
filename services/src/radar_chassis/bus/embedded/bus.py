"""The ``Bus`` on one SQLite file."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

from radar_chassis.bus.embedded import log
from radar_chassis.bus.embedded.consumer import EmbeddedConsumer
from radar_chassis.bus.embedded.database import connect, transaction, translated_errors
from radar_chassis.bus.embedded.producer import EmbeddedProducer
from radar_chassis.bus.embedded.retention import deletable, delete_slices, release_pages
from radar_chassis.bus.embedded.settings import EmbeddedSettings
from radar_chassis.bus.embedded.wakeup import wakeup_for
from radar_chassis.bus.port import AssignmentListener, Partition, Retention, TopicSettings
from radar_chassis.clock import Clock, SystemClock

T = TypeVar("T")


class EmbeddedBus:
    """Makes producers and consumers on the log at ``path``; several processes may have it open."""

    def __init__(
        self, path: Path, settings: EmbeddedSettings | None = None, *, clock: Clock | None = None
    ) -> None:
        self._path = path
        self._settings = settings or EmbeddedSettings()
        self._clock = clock or SystemClock()
        self._wakeup = wakeup_for(path)

    def ensure_topics(self, topics: Mapping[str, TopicSettings]) -> None:
        """Create what is missing. Raises BusUnavailable."""
        self._write(lambda connection: log.create(connection, topics))

    def producer(self) -> EmbeddedProducer:
        """Return a producer; the file is opened on first use."""
        return EmbeddedProducer(self._path, self._settings, self._wakeup, self._clock)

    def consumer(
        self, *, group: str, topics: Sequence[str], listener: AssignmentListener
    ) -> EmbeddedConsumer:
        """Return a member of ``group``; the file is opened on first poll."""
        return EmbeddedConsumer(
            self._path,
            group=group,
            topics=topics,
            listener=listener,
            settings=self._settings,
            wakeup=self._wakeup,
        )

    def ping(self) -> None:
        """Raise BusUnavailable if the file can't be opened or written now."""
        self._write(lambda _: None, lock_timeout=1.0)

    def trim(self, partition: Partition, before: int) -> None:
        """Forget the records below offset ``before``; whoever asks for them gets OffsetOutOfRange."""
        self._write(lambda connection: log.trim(connection, partition, before))

    def apply_retention(self, retention: Retention) -> int:
        """Forget what every group has read and nobody has to keep; returns how many records went.

        Takes as long in all as it works, so that writers get their turn. Raises BusUnavailable.
        """
        with translated_errors():
            connection = connect(self._path, lock_timeout=self._settings.deadline)
            try:
                return self._forget(connection, retention)
            finally:
                connection.close()

    def close(self) -> None:
        """Nothing is held open between calls."""

    def _forget(self, connection: sqlite3.Connection, retention: Retention) -> int:
        removed = 0
        for topic in deletable(connection, retention, self._clock.now()):
            for records in _paced(delete_slices(connection, topic)):
                removed += records
        for _ in _paced(release_pages(connection)):
            pass
        return removed

    def _write(self, work: Callable[[sqlite3.Connection], T], lock_timeout: float = 5.0) -> T:
        with translated_errors():
            connection = connect(self._path, lock_timeout=lock_timeout)
            try:
                with transaction(connection):
                    return work(connection)
            finally:
                connection.close()


def _paced(slices: Iterator[int]) -> Iterator[int]:
    """Rest after each slice for as long as it took."""
    began = monotonic()
    for done in slices:
        yield done
        sleep(min(1.0, monotonic() - began))
        began = monotonic()
