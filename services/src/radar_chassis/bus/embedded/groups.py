"""One member of a consumer group on the embedded log: its lease, and the partitions it may read.

Members share partitions out without a coordinator: each computes the same fair split from the tables, gives up
what isn't its own (in its own ``poll``, so in good order) and takes what is free.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from time import monotonic, time
from uuid import uuid4

from radar_chassis.bus.embedded.database import transaction
from radar_chassis.bus.embedded.liveness import LivenessLock, is_dead, remove_lock
from radar_chassis.bus.embedded.log import PartitionRow, parts_of
from radar_chassis.bus.embedded.settings import EmbeddedSettings
from radar_chassis.bus.embedded.sharing import share
from radar_chassis.bus.port import Partition


class Membership:
    """What one consumer holds. Every method may raise sqlite3.Error."""

    def __init__(self, log: Path, group: str, topics: Iterable[str], settings: EmbeddedSettings) -> None:
        self._log = log
        self._group = group
        self._topics = tuple(topics)
        self._settings = settings
        self._name = ""
        self._liveness: LivenessLock | None = None
        self._renew_at = 0.0
        self._watch_at = 0.0
        self._members: tuple[str, ...] = ()
        self._claims: dict[int, str] = {}
        self.parts: dict[Partition, PartitionRow] = {}
        self.held: set[Partition] = set()

    def refresh(self, connection: sqlite3.Connection) -> frozenset[Partition]:
        """Look at the group and the log's ends, (re)join when not in it, and return what was lost meanwhile."""
        now = monotonic()
        if now >= self._renew_at:
            self._renew(connection)
        if now >= self._watch_at:
            self._remove_dead(connection)
            self._watch_at = now + self._settings.watch_every
        self._look(connection)
        mine = {p for p, part in self.parts.items() if self._claims.get(part.id) == self._name}
        lost = frozenset(self.held - mine)
        self.held = mine
        return lost

    def surplus(self) -> frozenset[Partition]:
        """Return what is held and should go to others."""
        target = self._target()
        return frozenset(p for p in self.held if target.get(self.parts[p].id) != self._name)

    def release(self, connection: sqlite3.Connection, partitions: frozenset[Partition]) -> None:
        """Give partitions up."""
        rows = [(self._group, self.parts[p].id, self._name) for p in partitions]
        with transaction(connection):
            connection.executemany('DELETE FROM claim WHERE "group" = ? AND part = ? AND member = ?', rows)
        self.held -= partitions

    def take(self, connection: sqlite3.Connection) -> frozenset[Partition]:
        """Claim what is free and ours; returns it."""
        if not self._free():
            return frozenset()
        with transaction(connection):
            self._look(connection)
            gained = frozenset(self._free()) if self._name in self._members else frozenset()
            rows = [(self._group, self.parts[p].id, self._name) for p in gained]
            connection.executemany("INSERT OR REPLACE INTO claim VALUES (?, ?, ?)", rows)
        self.held |= gained
        return gained

    def leave(self, connection: sqlite3.Connection) -> None:
        """Give everything up and go."""
        with transaction(connection):
            self._delete(connection, [self._name])
        self.let_go()

    def let_go(self) -> None:
        """Stop proving that we live, so that others notice soon even if the log couldn't be told."""
        if self._liveness is not None:
            self._liveness.stop()
            self._liveness = None
        self.held = set()

    def _renew(self, connection: sqlite3.Connection) -> None:
        until = time() + self._settings.lease
        with transaction(connection):
            query = "UPDATE member SET until = ? WHERE name = ?"
            if connection.execute(query, (until, self._name)).rowcount == 0:
                self._join(connection, until)
        self._renew_at = monotonic() + self._settings.lease / 3

    def _join(self, connection: sqlite3.Connection, until: float) -> None:
        if self._liveness is not None:
            self._liveness.stop()
        self._name = uuid4().hex
        self._liveness = LivenessLock(self._log, self._name)
        connection.execute(
            "INSERT INTO member SELECT ?, ?, ?, coalesce(max(joined), 0) + 1, ? FROM member",
            (self._name, self._group, "\n".join(self._topics), until),
        )

    def _remove_dead(self, connection: sqlite3.Connection) -> None:
        query = 'SELECT name, until FROM member WHERE "group" = ? AND name <> ?'
        others = connection.execute(query, (self._group, self._name)).fetchall()
        moment = time()
        dead = [name for name, until in others if until < moment or is_dead(self._log, name)]
        if dead:
            with transaction(connection):
                self._delete(connection, dead, unless_renewed_after=moment)
            for name in dead:
                if is_dead(self._log, name):
                    remove_lock(self._log, name)

    def _delete(
        self, connection: sqlite3.Connection, names: list[str], unless_renewed_after: float | None = None
    ) -> None:
        for name in names:
            if unless_renewed_after is not None and not is_dead(self._log, name):
                row = connection.execute("SELECT until FROM member WHERE name = ?", (name,)).fetchone()
                if row is not None and row[0] >= unless_renewed_after:
                    continue
            connection.execute("DELETE FROM member WHERE name = ?", (name,))
            connection.execute("DELETE FROM claim WHERE member = ?", (name,))

    def _look(self, connection: sqlite3.Connection) -> None:
        query = 'SELECT name FROM member WHERE "group" = ? ORDER BY joined'
        self._members = tuple(name for (name,) in connection.execute(query, (self._group,)))
        query = 'SELECT part, member FROM claim WHERE "group" = ?'
        self._claims = dict(connection.execute(query, (self._group,)).fetchall())
        found = parts_of(connection, self._topics)
        self.parts = {part.partition: part for siblings in found.values() for part in siblings}

    def _target(self) -> dict[int, str]:
        return share(self._members, [part.id for part in self.parts.values()], self._claims)

    def _free(self) -> list[Partition]:
        claimed = self._claims
        free = [p for p, part in self.parts.items() if claimed.get(part.id) not in self._members]
        if not free:
            return []
        target = self._target()
        return [p for p in free if target.get(self.parts[p].id) == self._name]
