"""The tables of ingest. All times are UTC: SQLite forgets offsets."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Integer, LargeBinary, MetaData, String, Table, Text

METADATA: Final = MetaData()

MEMBERSHIPS: Final = Table(
    "memberships",
    METADATA,
    Column("user_id", String(200), primary_key=True),
    Column("account_id", String(200), nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
)

DEAD_LETTERS: Final = Table(
    "dead_letters",
    METADATA,
    Column("id", String(128), primary_key=True),
    Column("step", String(100), nullable=False),
    Column("code", String(100), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("original", LargeBinary, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("account_id", String(200)),
    Column("event_id", String(128)),
    Column("source_topic", String(200)),
    Column("source_partition", Integer),
    Column("source_offset", BigInteger),
    Column("replay", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("replayed_at", DateTime(timezone=True)),
    Column("answer", Text),
)


def utc(moment: datetime) -> datetime:
    """Return ``moment`` in UTC, with its offset."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
