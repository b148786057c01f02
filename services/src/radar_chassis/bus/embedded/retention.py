"""What the embedded log may forget: only what every group that reads a topic has read, and of that only what is old.

Kafka forgets by itself; here it is done in small transactions, so that writers get their turn in between.
"""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from radar_chassis.bus.embedded.database import transaction
from radar_chassis.bus.embedded.log import PartitionRow, milliseconds, parts_of
from radar_chassis.bus.port import Retention

SLICE: Final = 10_000
PAGES: Final = 2_000
UNREAD: Final = 7


class Topic(NamedTuple):
    """A topic and how far each of its partitions (by id) may be forgotten: below that offset."""

    name: str
    compacted: bool
    parts: list[PartitionRow]
    before: dict[int, int]


def deletable(connection: sqlite3.Connection, retention: Retention, now: datetime) -> list[Topic]:
    """Return, for every topic, what needn't be kept."""
    rows = connection.execute("SELECT name, compacted FROM topic ORDER BY name").fetchall()
    parts = parts_of(connection, [name for name, _ in rows])
    found = []
    for name, compacted in rows:
        marks = _marks(connection, name, parts[name])
        before = {part.id: _before(connection, part, marks, retention, now) for part in parts[name]}
        found.append(Topic(name, bool(compacted), parts[name], before))
    return found


def delete_slices(connection: sqlite3.Connection, topic: Topic) -> Iterator[int]:
    """Forget what the topic needn't keep; yields after each transaction how many records went."""
    for part in topic.parts:
        before = topic.before[part.id]
        if topic.compacted:
            yield from _compact(connection, part, before)
        else:
            yield from _trim(connection, part, before)


def release_pages(connection: sqlite3.Connection) -> Iterator[int]:
    """Give free pages back to the file system; yields after each transaction how many went."""
    while free := int(connection.execute("PRAGMA freelist_count").fetchone()[0]):
        connection.execute(f"PRAGMA incremental_vacuum({PAGES})").fetchall()
        removed = free - int(connection.execute("PRAGMA freelist_count").fetchone()[0])
        if removed <= 0:
            return  # a file from before this was possible: its free pages are used again
        yield removed


def _before(
    connection: sqlite3.Connection,
    part: PartitionRow,
    marks: list[dict[int, int]],
    retention: Retention,
    now: datetime,
) -> int:
    """Return the offset below which records of ``part`` needn't be kept."""
    if not marks:
        # Its readers may be yet to come, as with Kafka; there seven days are the rule.
        return _older_than(connection, part, now - UNREAD * retention.age)
    # Who never told how far it is on a partition has read nothing of it.
    read = min(at.get(part.id, part.first) for at in marks)
    old = max(_older_than(connection, part, now - retention.age), part.next - retention.records)
    return max(part.first, min(read, old))


def _marks(connection: sqlite3.Connection, topic: str, parts: list[PartitionRow]) -> list[dict[int, int]]:
    """Return, for each group that reads or has read the topic, where it is on which partition (by id)."""
    ids = {part.id for part in parts}
    marks: dict[str, dict[int, int]] = {}
    for group, topics in connection.execute('SELECT "group", topics FROM member'):
        if topic in topics.split("\n"):
            marks.setdefault(group, {})
    for group, part, offset in connection.execute('SELECT "group", part, next FROM progress'):
        if part in ids:
            marks.setdefault(group, {})[part] = offset
    return list(marks.values())


def _older_than(connection: sqlite3.Connection, part: PartitionRow, moment: datetime) -> int:
    """Return the offset below which records are from before ``moment``."""
    limit = milliseconds(moment)
    low, high = part.first, part.next
    query = "SELECT at FROM record WHERE id >= ? AND id < ? ORDER BY id LIMIT 1"
    # Records are stamped in order, give or take a clock: a bisection is near enough.
    while low < high:
        middle = (low + high) // 2
        found = connection.execute(query, (part.row(middle), part.row(part.next))).fetchone()
        if found is not None and found[0] < limit:
            low = middle + 1
        else:
            high = middle
    return low


def _trim(connection: sqlite3.Connection, part: PartitionRow, before: int) -> Iterator[int]:
    for first in range(part.first, before, SLICE):
        up_to = min(before, first + SLICE)
        with transaction(connection):
            delete = "DELETE FROM record WHERE id >= ? AND id < ?"
            removed = connection.execute(delete, (part.row(first), part.row(up_to))).rowcount
            connection.execute(
                "UPDATE part SET first = ? WHERE id = ? AND first < ?", (up_to, part.id, up_to)
            )
        yield removed


def _compact(connection: sqlite3.Connection, part: PartitionRow, before: int) -> Iterator[int]:
    """Forget what a newer record of the same key has replaced. Tombstones stay: later readers need them too."""
    query = """
        SELECT id FROM (
            SELECT id, max(id) OVER (PARTITION BY key) AS newest FROM record WHERE id >= ? AND id < ?
        ) WHERE id <> newest AND id < ?"""
    rows = connection.execute(query, (part.row(0), part.row(part.next), part.row(before)))
    replaced = [row[0] for row in rows]
    for at in range(0, len(replaced), SLICE):
        slice_ = replaced[at : at + SLICE]
        with transaction(connection):
            connection.executemany("DELETE FROM record WHERE id = ?", [(one,) for one in slice_])
        yield len(slice_)
