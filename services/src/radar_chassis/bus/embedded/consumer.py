"""Reads the embedded log as a member of a group."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, time

from radar_chassis.bus.embedded.database import connect, transaction, translated_errors
from radar_chassis.bus.embedded.groups import Membership
from radar_chassis.bus.embedded.log import read
from radar_chassis.bus.embedded.settings import EmbeddedSettings
from radar_chassis.bus.embedded.wakeup import Wakeup
from radar_chassis.bus.port import AssignmentListener, Incoming, OffsetOutOfRange, Partition

_LOCK_TIMEOUT = 5.0


class EmbeddedConsumer:
    """A ``Consumer`` on the SQLite log; see the port for what its methods promise."""

    def __init__(
        self,
        path: Path,
        *,
        group: str,
        topics: Sequence[str],
        listener: AssignmentListener,
        settings: EmbeddedSettings,
        wakeup: Wakeup,
    ) -> None:
        self._path = path
        self._group = group
        self._listener = listener
        self._settings = settings
        self._wakeup = wakeup
        self._membership = Membership(path, group, topics, settings)
        self._connection: sqlite3.Connection | None = None
        self._positions: dict[Partition, int | None] = {}
        self._unplaced: set[Partition] = set()
        self._paused: set[Partition] = set()
        self._progress: dict[Partition, int] = {}
        self._progress_at = 0.0
        self._turn = 0

    def poll(self, *, max_records: int, timeout: float) -> Mapping[Partition, Sequence[Incoming]]:
        """Return records; see ``Consumer.poll``."""
        deadline = monotonic() + timeout
        while True:
            seen = self._wakeup.count
            self._follow_group()
            found = self._read(max_records)
            left = deadline - monotonic()
            if found or left <= 0:
                return found
            self._wait(seen, deadline)

    def seek(self, partition: Partition, offset: int) -> None:
        """Read from ``offset`` next."""
        if partition in self._membership.held:
            self._positions[partition] = offset

    def pause(self, partitions: frozenset[Partition]) -> None:
        """Hold these back."""
        self._paused |= partitions

    def resume(self, partitions: frozenset[Partition]) -> None:
        """Undo ``pause``."""
        self._paused -= partitions

    def assignment(self) -> frozenset[Partition]:
        """Return what is held."""
        return frozenset(self._membership.held)

    def end_offsets(self) -> Mapping[Partition, int]:
        """Return where each held partition ends, as of the last poll."""
        parts = self._membership.parts
        return {partition: parts[partition].next for partition in self._membership.held}

    def report_progress(self, offsets: Mapping[Partition, int]) -> None:
        """Note how far we are; written at most once a second."""
        self._progress.update(offsets)

    def close(self) -> None:
        """Leave the group."""
        held = self.assignment()
        if held:
            self._listener.revoked(held)
        try:
            if self._connection is not None:
                self._save_progress(self._connection)
                self._membership.leave(self._connection)
        except sqlite3.Error:
            # Our liveness lock is released below, so that the others need not wait for our lease.
            pass
        finally:
            self._membership.let_go()
            self._disconnect()

    def _follow_group(self) -> None:
        membership = self._membership
        with self._database() as connection:
            lost = membership.refresh(connection)
        if lost:
            self._forget(lost)
            self._listener.lost(lost)
        surplus = membership.surplus()
        if surplus:
            self._listener.revoked(surplus)
            self._forget(surplus)
            with self._database() as connection:
                membership.release(connection, surplus)
        with self._database() as connection:
            self._unplaced |= membership.take(connection)
            if self._progress and monotonic() >= self._progress_at:
                self._save_progress(connection)
        if self._unplaced:
            self._positions.update(self._listener.assigned(frozenset(self._unplaced)))
            self._unplaced.clear()

    def _read(self, max_records: int) -> dict[Partition, list[Incoming]]:
        ready = sorted(p for p in self._membership.held if p in self._positions and p not in self._paused)
        self._turn += 1
        found: dict[Partition, list[Incoming]] = {}
        room = self._settings.max_poll_bytes
        with self._database() as connection:
            for place in range(len(ready)):
                if max_records <= 0 or room <= 0:
                    break
                partition = ready[(place + self._turn) % len(ready)]
                records = self._read_one(connection, partition, max_records, room)
                if records:
                    found[partition] = records
                    max_records -= len(records)
                    room -= sum(len(r.key) + len(r.value or b"") for r in records)
        return found

    def _read_one(
        self, connection: sqlite3.Connection, partition: Partition, limit: int, room: int
    ) -> list[Incoming]:
        part = self._membership.parts[partition]
        wanted = self._positions[partition]
        start = part.first if wanted is None else wanted
        if not part.first <= start <= part.next:
            raise OffsetOutOfRange(partition, start, part.first, part.next)
        if start == part.next:
            return []
        records = read(connection, part, start, limit, room)
        self._positions[partition] = records[-1].offset + 1 if records else part.next
        return records

    def _wait(self, seen: int, deadline: float) -> None:
        """Return when the log may have changed, or at the deadline."""
        with self._database() as connection:
            version = connection.execute("PRAGMA data_version").fetchone()
            # Looking at the group costs more than looking whether anything at all was committed.
            until = min(deadline, monotonic() + self._settings.watch_every)
            while (left := until - monotonic()) > 0:
                self._wakeup.wait(seen, min(left, self._settings.poll_every))
                if (
                    self._wakeup.count != seen
                    or connection.execute("PRAGMA data_version").fetchone() != version
                ):
                    return

    def _save_progress(self, connection: sqlite3.Connection) -> None:
        parts = self._membership.parts
        rows = [
            (self._group, parts[p].id, offset, time()) for p, offset in self._progress.items() if p in parts
        ]
        with transaction(connection):
            connection.executemany("INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?)", rows)
        self._progress.clear()
        self._progress_at = monotonic() + self._settings.watch_every

    def _forget(self, partitions: frozenset[Partition]) -> None:
        for partition in partitions:
            self._positions.pop(partition, None)
            self._progress.pop(partition, None)
        self._unplaced -= partitions
        self._paused -= partitions

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with translated_errors():
            try:
                if self._connection is None:
                    self._connection = connect(self._path, lock_timeout=_LOCK_TIMEOUT)
                yield self._connection
            except sqlite3.Error:
                self._disconnect()
                raise

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
