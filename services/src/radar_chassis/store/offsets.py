"""Where each consumer stands, moved by compare-and-set in the transaction of the state it stands for.

Why: separate transactions count twice after a kill, and a blind write lets a paused old consumer count what
the new owner has counted. The compare-and-set comes first, so the loser's transaction changes nothing.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    select,
    text,
    update,
)

from radar_chassis.bus.port import Partition

TABLE = Table(
    "consumer_offsets",
    MetaData(),
    Column("consumer", String(100), primary_key=True),
    Column("topic", String(200), primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next_offset", BigInteger, nullable=False),
)


class OffsetMoved(Exception):  # noqa: N818 - it says what happened
    """Somebody else moved this offset: our view of the partition is out of date; nothing may be written."""


def create_table(op: Any) -> None:
    """Create the table; called from each service's first migration with alembic's ``op``."""
    TABLE.create(op.get_bind())


def load(
    connection: Connection, consumer: str, partitions: Iterable[Partition]
) -> dict[Partition, int | None]:
    """Return the next offset to read for each partition; None where nothing was ever consumed."""
    query = select(TABLE.c.topic, TABLE.c.partition, TABLE.c.next_offset).where(TABLE.c.consumer == consumer)
    known = {Partition(topic, number): offset for topic, number, offset in connection.execute(query)}
    return {partition: known.get(partition) for partition in partitions}


def move(
    connection: Connection, consumer: str, partition: Partition, *, expected: int | None, new: int
) -> None:
    """Move the offset from ``expected`` to ``new``; the row stays locked until the transaction ends.

    Raises:
        OffsetMoved: it isn't at ``expected`` any more.
    """
    if expected is None:
        _claim(connection, consumer, partition, new)
        return
    moved = connection.execute(
        update(TABLE)
        .where(
            TABLE.c.consumer == consumer,
            TABLE.c.topic == partition.topic,
            TABLE.c.partition == partition.number,
            TABLE.c.next_offset == expected,
        )
        .values(next_offset=new)
    )
    if moved.rowcount != 1:
        raise OffsetMoved(f"{partition}: not at {expected} any more")


def _claim(connection: Connection, consumer: str, partition: Partition, new: int) -> None:
    # Both databases speak this; SQLAlchemy would spell it once per dialect.
    claim = text(
        "INSERT INTO consumer_offsets (consumer, topic, partition, next_offset) "
        "VALUES (:consumer, :topic, :partition, :new) ON CONFLICT DO NOTHING RETURNING next_offset"
    )
    place = {"consumer": consumer, "topic": partition.topic, "partition": partition.number, "new": new}
    if connection.execute(claim, place).first() is None:
        raise OffsetMoved(f"{partition}: somebody else has begun on it")
