"""The consume loop: poll, move the offsets by compare-and-set, apply, commit; what fails is retried or parked.

If the process dies on any line, the transaction is there whole or not at all, and the next owner reads from the
offset in the database.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import structlog
from sqlalchemy import Connection

from radar_chassis.bus.port import Bus, Consumer, Incoming, OffsetOutOfRange, Partition
from radar_chassis.clock import Clock
from radar_chassis.errors import Unavailable
from radar_chassis.series import BATCH_RECORDS, BATCH_SECONDS, WORKER_STATE
from radar_chassis.store import offsets
from radar_chassis.store.database import Database
from radar_chassis.store.offsets import OffsetMoved
from radar_chassis.tasks import ThreadTask
from radar_chassis.worker.attempts import decode, discarding
from radar_chassis.worker.handler import Decoded, Handler, Poison
from radar_chassis.worker.lag import LagGauge
from radar_chassis.worker.parking import Parking, TooManyDeadLetters

log = structlog.get_logger()
T = TypeVar("T")

POLL_SECONDS: Final = 0.25
LONGEST_PAUSE: Final = 15.0
SMALLEST_BATCH: Final = 50


@dataclass(frozen=True, kw_only=True)
class WorkerSettings:
    """How a worker consumes.

    ``slow_seconds``: a batch that takes longer is halved next time, so that polling never falls behind the
    group's poll interval (fault 8). ``dead_letter_limit``: parked records a minute from which on it stops.
    """

    group: str
    topics: tuple[str, ...]
    max_records: int = 5_000
    slow_seconds: float = 30.0
    dead_letter_limit: int = 1_000


class Worker(ThreadTask, Generic[T]):
    """Consumes ``settings.topics`` into ``database`` through ``handler``, counting every record once."""

    def __init__(
        self,
        service: str,
        *,
        bus: Bus,
        database: Database,
        handler: Handler[T],
        clock: Clock,
        settings: WorkerSettings,
    ) -> None:
        super().__init__(f"{service}.{handler.step}")
        self._service = service
        self._bus = bus
        self._database = database
        self._handler = handler
        self._settings = settings
        self._producer = bus.producer()
        self._parking = Parking(
            self._producer, clock, service=service, step=handler.step, limit=settings.dead_letter_limit
        )
        self._positions: dict[Partition, int | None] = {}
        self._unplaced: set[Partition] = set()
        self._dropped: dict[Partition, int] = {}
        self._size = settings.max_records
        self._lag = LagGauge(service)
        self.halted: str | None = None

    def check(self) -> None:
        """Raise Unavailable when this worker isn't consuming (for /readyz)."""
        if self.halted:
            raise Unavailable(self.halted)
        if not self.alive():
            raise Unavailable(f"The worker {self.name} isn't running; restart the service.")

    def held(self) -> frozenset[Partition]:
        """Return the partitions that are ours now; any thread may ask."""
        return frozenset(list(self._positions))

    def run(self) -> None:
        """Consume until stopped, or until only an operator can go on."""
        consumer = self._bus.consumer(group=self._settings.group, topics=self._settings.topics, listener=self)
        state = WORKER_STATE.labels(self._service)
        failures = 0
        try:
            while not self.stopping.is_set() and self.halted is None:
                try:
                    self._step(consumer)
                except Unavailable as error:
                    state.set(0)
                    failures += 1
                    log.warning("worker_waits", worker=self.name, reason=error.detail)
                    self._wait(consumer, min(LONGEST_PAUSE, 0.1 * 2**failures))
                else:
                    state.set(1)
                    failures = 0
            if self.halted:
                log.critical("worker_halted", worker=self.name, reason=self.halted)
        finally:
            state.set(0)
            consumer.close()
            self._producer.close()

    def assigned(self, partitions: frozenset[Partition]) -> Mapping[Partition, int | None]:
        """Tell the bus where to start: at the offsets in the database."""
        self._handler.assigned(partitions)
        try:
            with self._database.reading() as connection:
                starts = offsets.load(connection, self._settings.group, partitions)
        except Unavailable:
            # Read from the earliest for now, and drop what comes until the offsets are known; see _place.
            self._unplaced |= partitions
            return dict.fromkeys(partitions)
        self._positions.update(starts)
        return starts

    def revoked(self, partitions: frozenset[Partition]) -> None:
        """Forget partitions that are handed over; between polls nothing is unfinished."""
        self._forget(partitions)

    def lost(self, partitions: frozenset[Partition]) -> None:
        """Forget partitions that somebody else has already."""
        log.warning("partitions_lost", worker=self.name, partitions=[str(one) for one in partitions])
        self._forget(partitions)

    def _forget(self, partitions: frozenset[Partition]) -> None:
        self._handler.discard(partitions)
        self._lag.forget(partitions)
        for partition in partitions:
            self._positions.pop(partition, None)
            self._dropped.pop(partition, None)
            self._unplaced.discard(partition)

    def _step(self, consumer: Consumer) -> None:
        if self._unplaced:
            self._place(consumer, frozenset(self._unplaced))
        try:
            polled = consumer.poll(max_records=self._size, timeout=POLL_SECONDS)
        except OffsetOutOfRange as error:
            self.halted = error.detail
            return
        for partition in self._unplaced & polled.keys():
            self._dropped.setdefault(partition, polled[partition][0].offset)
        batch = [
            record
            for partition, records in polled.items()
            if partition in self._positions
            for record in records
        ]
        if batch:
            self._consume(consumer, batch)
        self._lag.update(consumer, self._positions)

    def _consume(self, consumer: Consumer, batch: Sequence[Incoming]) -> None:
        began = time.perf_counter()
        partitions = frozenset(record.partition for record in batch)
        try:
            self._commit(batch)
        except TooManyDeadLetters:
            self.halted = (
                "Too many records had to be parked within a minute, so consumption stopped. "
                "Look at them with `radar dead-letter list`, mend the cause, and restart."
            )
            return
        except OffsetMoved as error:
            log.warning("offset_moved", worker=self.name, partition=str(error))
            self._handler.discard(partitions)
            # First: if the offsets can't be read now, the others' records of this batch must not be skipped.
            self._rewind(consumer, batch)
            self._place(consumer, partitions)
            return
        except Unavailable:
            self._handler.discard(partitions)
            self._rewind(consumer, batch)
            raise
        took = time.perf_counter() - began
        BATCH_RECORDS.labels(self._service).observe(len(batch))
        BATCH_SECONDS.labels(self._service).observe(took)
        self._size = self._next_size(took)
        consumer.report_progress(
            {partition: at for partition in partitions if (at := self._positions[partition]) is not None}
        )

    def _commit(self, batch: Sequence[Incoming]) -> None:
        decoded, poisoned = decode(self.name, self._handler, batch)
        if poisoned:
            self._parking.park(poisoned)
        self._apply(batch, decoded)

    def _apply(self, batch: Sequence[Incoming], decoded: Sequence[Decoded[T]]) -> None:
        """Commit a batch; when it fails for no reason we know, halve it until the poison record stands alone."""
        try:
            self._transact(batch, decoded)
        except (Unavailable, OffsetMoved):
            raise
        except Exception as error:
            self._handler.discard(frozenset(record.partition for record in batch))
            log.exception("batch_failed", worker=self.name, records=len(batch))
            if not decoded:
                raise
            if len(decoded) == 1:
                poison = Poison("unprocessable", f"The record can't be applied ({type(error).__name__}).")
                self._parking.park([(decoded[0].record, poison)])
                self._transact(batch, [])
                return
            middle = len(decoded) // 2
            cut = batch.index(decoded[middle].record)
            self._apply(batch[:cut], decoded[:middle])
            self._apply(batch[cut:], decoded[middle:])

    def _transact(self, batch: Sequence[Incoming], decoded: Sequence[Decoded[T]]) -> None:
        ends = {record.partition: record.offset + 1 for record in batch}

        def work(connection: Connection) -> None:
            for partition in sorted(ends):
                offsets.move(
                    connection,
                    self._settings.group,
                    partition,
                    expected=self._positions[partition],
                    new=ends[partition],
                )
            if decoded:
                self._handler.apply(connection, decoded)

        self._database.run(discarding(self._handler, frozenset(ends), work))
        self._positions.update(ends)
        self._handler.committed(decoded)

    def _place(self, consumer: Consumer, partitions: frozenset[Partition]) -> None:
        """Read the offsets in the database and go there."""
        held = partitions & consumer.assignment()
        with self._database.reading() as connection:
            starts = offsets.load(connection, self._settings.group, held)
        for partition, start in starts.items():
            self._positions[partition] = start
            again_from = self._dropped.pop(partition, None) if start is None else start
            if again_from is not None:
                consumer.seek(partition, again_from)
        self._unplaced -= partitions

    def _rewind(self, consumer: Consumer, batch: Sequence[Incoming]) -> None:
        """Read again what was not committed of ``batch``."""
        held = consumer.assignment()
        first = {record.partition: record.offset for record in reversed(batch)}
        for partition in held & first.keys():
            at = self._positions.get(partition)
            consumer.seek(partition, first[partition] if at is None else at)

    def _wait(self, consumer: Consumer, seconds: float) -> None:
        """Let time pass while staying in the group (fault 12)."""
        until = time.monotonic() + seconds
        consumer.pause(consumer.assignment())
        while not self.stopping.is_set() and (left := until - time.monotonic()) > 0:
            try:
                polled = consumer.poll(max_records=1, timeout=min(left, POLL_SECONDS))
                for partition, records in polled.items():
                    # It came to us just now, so it wasn't paused: these records are read again.
                    consumer.seek(partition, records[0].offset)
                consumer.pause(consumer.assignment())
            except Unavailable:
                self.stopping.wait(min(left, POLL_SECONDS))
            except OffsetOutOfRange as error:
                self.halted = error.detail
                return
        consumer.resume(consumer.assignment())

    def _next_size(self, took: float) -> int:
        if took > self._settings.slow_seconds:
            return max(SMALLEST_BATCH, self._size // 2)
        return min(self._settings.max_records, self._size + self._size // 4 + 1)
