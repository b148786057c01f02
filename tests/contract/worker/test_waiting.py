"""What the consume loop must not lose while something it needs is away: driven by a log that does as it is told."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import pytest
from sqlalchemy import Connection

from radar_chassis.bus.port import AssignmentListener, BusUnavailable, Incoming, Outgoing, Partition, Position
from radar_chassis.clock import SystemClock
from radar_chassis.store import offsets
from radar_chassis.store.database import Database, DatabaseUnavailable
from radar_chassis.store.migrate import migrate
from radar_chassis.worker.handler import Decoded, Poison
from radar_chassis.worker.worker import Worker, WorkerSettings
from tests.support.databases import count, counts
from tests.support.wait import eventually

ONE, TWO = Partition("words", 0), Partition("words", 1)


class Log:
    """A bus with one consumer, whose every poll first does what ``next_polls`` says."""

    def __init__(self, records: Mapping[Partition, Sequence[str]]) -> None:
        self.records = records
        self.away = False
        self.next_polls: list[Callable[[], None]] = []
        self.parked = 0
        self._at: dict[Partition, int] = {}
        self._paused: frozenset[Partition] = frozenset()
        self._listener: AssignmentListener

    def assign(self, *partitions: Partition) -> None:
        starts = self._listener.assigned(frozenset(partitions))
        self._at.update((one, starts[one] or 0) for one in partitions)

    def poll(self, *, max_records: int, timeout: float) -> Mapping[Partition, Sequence[Incoming]]:
        if self.next_polls:
            self.next_polls.pop(0)()
        found = {one: self._read(one, max_records) for one in self._at if one not in self._paused}
        return {one: records for one, records in found.items() if records}

    def _read(self, partition: Partition, most: int) -> list[Incoming]:
        start = self._at[partition]
        words = self.records[partition][start : start + most]
        self._at[partition] += len(words)
        return [
            Incoming(
                partition=partition,
                offset=start + place,
                key=b"k",
                value=word.encode(),
                headers=(),
                timestamp=datetime(2026, 1, 1, tzinfo=UTC),
            )
            for place, word in enumerate(words)
        ]

    def publish(self, records: Sequence[Outgoing]) -> Future[Sequence[Position]]:
        if self.away:
            raise BusUnavailable("The log is away.")
        self.parked += len(records)
        done: Future[Sequence[Position]] = Future()
        done.set_result(())
        return done

    def consumer(self, *, group: str, topics: Sequence[str], listener: AssignmentListener) -> "Log":
        self._listener = listener
        return self

    def producer(self) -> "Log":
        return self

    def seek(self, partition: Partition, offset: int) -> None:
        self._at[partition] = offset

    def pause(self, partitions: frozenset[Partition]) -> None:
        self._paused |= partitions

    def resume(self, partitions: frozenset[Partition]) -> None:
        self._paused -= partitions

    def assignment(self) -> frozenset[Partition]:
        return frozenset(self._at)

    def end_offsets(self) -> Mapping[Partition, int]:
        return {}

    def report_progress(self, offsets: Mapping[Partition, int]) -> None: ...

    def close(self, timeout: float = 0.0) -> None: ...


class Words:
    """Counts words; "bad" is poison."""

    step = "words"

    def decode(self, record: Incoming) -> str:
        word = (record.value or b"").decode()
        if word == "bad":
            raise Poison("refused", "This word isn't taken; send another.")
        return word

    def apply(self, connection: Connection, batch: Sequence[Decoded[str]]) -> None:
        for one in batch:
            count(connection, one.value)

    def committed(self, batch: Sequence[Decoded[str]]) -> None: ...

    def assigned(self, partitions: frozenset[Partition]) -> None: ...

    def discard(self, partitions: frozenset[Partition]) -> None: ...


class Flaky(Database):
    """Can't be read by the worker as often as ``failures`` says."""

    failures = 0

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        if self.failures and current_thread() is not main_thread():
            self.failures -= 1
            raise DatabaseUnavailable("The database is away.")
        with super().reading() as connection:
            yield connection


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Flaky]:
    database = Flaky(f"sqlite:///{tmp_path / 'words.db'}", schema="words")
    migrate(database, "tests.support.counter_migrations")
    yield database
    database.dispose()


@contextlib.contextmanager
def working(log: Log, database: Database) -> Iterator[None]:
    bus: Any = log
    settings = WorkerSettings(group="g", topics=("words",))
    worker = Worker(
        "waiting", bus=bus, database=database, handler=Words(), clock=SystemClock(), settings=settings
    )
    worker.start()
    try:
        yield
    finally:
        worker.stop()
        assert worker.join(20)


def test_records_of_a_partition_that_comes_while_waiting_are_not_lost(database: Flaky) -> None:
    log = Log({ONE: ["bad"], TWO: ["first", "second"]})

    def comes_back_with_more() -> None:
        log.assign(TWO)
        log.away = False

    log.away = True
    log.next_polls = [lambda: log.assign(ONE), comes_back_with_more]
    with working(log, database):
        eventually(lambda: counts(database).get("second") == 1)
    assert counts(database) == {"first": 1, "second": 1}
    assert log.parked == 1


def test_a_partition_beside_one_that_was_overtaken_loses_nothing(database: Flaky) -> None:
    log = Log({ONE: ["mine", "theirs", "again"], TWO: ["beside", "more"]})

    def overtaken_and_out_of_reach() -> None:
        log.assign(ONE, TWO)
        database.run(lambda c: offsets.move(c, "g", ONE, expected=1, new=2))
        database.failures = 1

    database.run(lambda c: offsets.move(c, "g", ONE, expected=None, new=1))
    log.next_polls = [overtaken_and_out_of_reach]
    with working(log, database):
        eventually(lambda: counts(database).get("more") == 1 and counts(database).get("again") == 1)
    assert counts(database) == {"again": 1, "beside": 1, "more": 1}
