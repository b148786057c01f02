"""Appending to the log and reading from it; every function works inside the connection it is given."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec

from radar_chassis.bus.embedded.database import OFFSET_BITS
from radar_chassis.bus.in_flight import unavailable
from radar_chassis.bus.partitioning import partition_of
from radar_chassis.bus.port import Headers, Incoming, Outgoing, Partition, Position, TopicSettings

_headers: Final = msgspec.msgpack.Decoder(Headers)
_pack: Final = msgspec.msgpack.Encoder().encode


@dataclass(slots=True)
class PartitionRow:
    """A partition's row: ``first`` is the oldest offset kept, ``next`` the one the next record gets."""

    id: int
    partition: Partition
    first: int
    next: int

    def row(self, offset: int) -> int:
        """Return the row id of ``offset``."""
        return (self.id << OFFSET_BITS) + offset


def create(connection: sqlite3.Connection, topics: Mapping[str, TopicSettings]) -> None:
    """Create the topics that don't exist."""
    for name, settings in topics.items():
        row = (name, settings.partitions, settings.compacted)
        made = connection.execute("INSERT INTO topic VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row)
        if made.rowcount:
            numbers = [(name, number) for number in range(settings.partitions)]
            connection.executemany("INSERT INTO part (topic, number) VALUES (?, ?)", numbers)


def parts_of(connection: sqlite3.Connection, topics: Iterable[str]) -> dict[str, list[PartitionRow]]:
    """Return the partitions of each topic in order; a topic that doesn't exist has none."""
    found: dict[str, list[PartitionRow]] = {topic: [] for topic in topics}
    marks = ", ".join("?" * len(found))
    query = f"SELECT id, topic, number, first, next FROM part WHERE topic IN ({marks}) ORDER BY topic, number"  # noqa: S608
    for id_, topic, number, first, next_ in connection.execute(query, tuple(found)):
        found[topic].append(PartitionRow(id_, Partition(topic, number), first, next_))
    return found


def append(
    connection: sqlite3.Connection, batches: Sequence[Sequence[Outgoing]], now: datetime
) -> list[list[Position]]:
    """Append every batch and return where its records came to stand. Runs inside a write transaction.

    Raises:
        BusUnavailable: a topic doesn't exist.
    """
    parts = parts_of(connection, {record.topic for batch in batches for record in batch})
    if missing := [topic for topic, found in parts.items() if not found]:
        raise unavailable(f"The event log has no topic {', '.join(missing)}.")
    default = milliseconds(now)
    rows: list[tuple[int, int, bytes, bytes | None, bytes | None]] = []
    positions: list[list[Position]] = []
    for batch in batches:
        placed: list[Position] = []
        for record in batch:
            siblings = parts[record.topic]
            part = siblings[partition_of(record.key, len(siblings))]
            at = default if record.timestamp is None else milliseconds(record.timestamp)
            headers = _pack(record.headers) if record.headers else None
            rows.append((part.row(part.next), at, record.key, record.value, headers))
            placed.append(Position(part.partition, part.next))
            part.next += 1
        positions.append(placed)
    connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?)", rows)
    ends = [(part.next, part.id) for siblings in parts.values() for part in siblings]
    connection.executemany("UPDATE part SET next = ? WHERE id = ?", ends)
    return positions


def read(
    connection: sqlite3.Connection, part: PartitionRow, start: int, limit: int, room: int
) -> list[Incoming]:
    """Return up to ``limit`` records from offset ``start`` on, stopping once they hold ``room`` bytes."""
    query = "SELECT id, at, key, value, headers FROM record WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
    base = part.row(0)
    found: list[Incoming] = []
    for id_, at, key, value, headers in connection.execute(query, (base + start, part.row(part.next), limit)):
        found.append(
            Incoming(
                partition=part.partition,
                offset=id_ - base,
                key=key,
                value=value,
                headers=_headers.decode(headers) if headers else (),
                timestamp=datetime.fromtimestamp(at / 1000, UTC),
            )
        )
        room -= len(key) + len(value or b"")
        if room <= 0:
            break
    return found


def trim(connection: sqlite3.Connection, partition: Partition, before: int) -> None:
    """Forget the records of ``partition`` below offset ``before``. Runs inside a write transaction."""
    for part in parts_of(connection, [partition.topic])[partition.topic]:
        if part.partition == partition:
            first = min(max(before, part.first), part.next)
            connection.execute("DELETE FROM record WHERE id >= ? AND id < ?", (part.row(0), part.row(first)))
            connection.execute("UPDATE part SET first = ? WHERE id = ?", (first, part.id))


def milliseconds(moment: datetime) -> int:
    """Return a record's stamp: milliseconds since 1970."""
    return round(moment.timestamp() * 1000)
