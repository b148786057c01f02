"""Publishes into the embedded log: one writer thread commits whatever has gathered in one transaction."""

import logging
import queue
import sqlite3
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from time import monotonic

from radar_chassis.bus.embedded.database import connect, transaction
from radar_chassis.bus.embedded.log import append
from radar_chassis.bus.embedded.settings import EmbeddedSettings
from radar_chassis.bus.embedded.wakeup import Wakeup
from radar_chassis.bus.in_flight import Deadlines, InFlightBytes, Pending, size_of, unavailable
from radar_chassis.bus.port import Outgoing, Position
from radar_chassis.clock import Clock
from radar_chassis.errors import RadarError, TooLarge

_log = logging.getLogger(__name__)
_RECORDS_PER_COMMIT = 20_000


class EmbeddedProducer:
    """A ``Producer`` on the SQLite log; safe to use from many threads and beside other processes."""

    def __init__(self, path: Path, settings: EmbeddedSettings, wakeup: Wakeup, clock: Clock) -> None:
        self._path = path
        self._settings = settings
        self._wakeup = wakeup
        self._clock = clock
        self._in_flight = InFlightBytes(settings.max_in_flight_bytes)
        self._queue: queue.SimpleQueue[Pending | None] = queue.SimpleQueue()
        self._deadlines = Deadlines("embedded-log")
        self._closed = False
        self._connection: sqlite3.Connection | None = None
        self._thread = threading.Thread(target=self._run, name="embedded-log-writer", daemon=True)
        self._thread.start()

    def publish(self, records: Sequence[Outgoing]) -> Future[Sequence[Position]]:
        """Hand over records; see ``Producer.publish``."""
        if self._closed:
            raise unavailable("The event log is closed.")
        size = size_of(records)
        self._in_flight.reserve(size)
        pending = Pending(records, size, monotonic() + self._settings.deadline)
        if any(len(r.key) + len(r.value or b"") > self._settings.max_record_bytes for r in records):
            self._in_flight.release(size)
            pending.fail(TooLarge(f"A record may hold at most {self._settings.max_record_bytes} bytes."))
            return pending.future
        self._deadlines.watch(pending)
        self._queue.put(pending)
        return pending.future

    def close(self, timeout: float = 5.0) -> None:
        """Commit what is under way, at most ``timeout`` seconds, then let go."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        self._thread.join(timeout)
        self._deadlines.close()

    def _run(self) -> None:
        more = True
        while more:
            batch, more = self._gather()
            # What its caller has given up on must not appear in the log afterwards without need.
            live = [pending for pending in batch if not pending.answered]
            if live:
                self._guarded(live)
            for pending in batch:
                self._in_flight.release(pending.size)
        if self._connection is not None:
            self._connection.close()

    def _gather(self) -> tuple[list[Pending], bool]:
        """Wait for one publish and take all that came meanwhile; False when it was the last."""
        batch: list[Pending] = []
        records = 0
        while records < _RECORDS_PER_COMMIT and (not batch or not self._queue.empty()):
            pending = self._queue.get()
            if pending is None:
                return batch, False
            batch.append(pending)
            records += len(pending.records)
        return batch, True

    def _guarded(self, batch: list[Pending]) -> None:
        try:
            self._commit(batch)
        except Exception as error:  # noqa: BLE001 - the last guard of a thread
            # This thread is the only way into the log: whatever happens, it goes on with the next batch.
            _log.exception("embedded_log_commit_failed")
            self._drop_connection()
            for pending in batch:
                pending.fail(unavailable("The event log couldn't take this; send it again.", error))

    def _commit(self, batch: list[Pending]) -> None:
        try:
            if self._connection is None:
                self._connection = connect(self._path, lock_timeout=self._settings.deadline)
            with transaction(self._connection):
                placed = append(self._connection, [p.records for p in batch], self._clock.now())
        except (sqlite3.Error, RadarError) as error:
            self._give_up(batch, error)
            return
        for pending, positions in zip(batch, placed, strict=True):
            pending.succeed(positions)
        self._wakeup.announce()

    def _give_up(self, batch: list[Pending], error: sqlite3.Error | RadarError) -> None:
        if len(batch) > 1 and isinstance(error, RadarError):
            # One publish named a topic that isn't there: the others must not suffer for it.
            for pending in batch:
                self._commit([pending])
            return
        if isinstance(error, sqlite3.Error):
            self._drop_connection()
            error = unavailable(f"The event log's file can't be written right now ({error}).", error)
        for pending in batch:
            pending.fail(error)

    def _drop_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
