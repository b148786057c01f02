"""The alerts service's tables, as its migrations make them. Moments are microseconds since 1970, in UTC."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)
from sqlalchemy.types import TypeDecorator

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_meta: Final = MetaData()


class MicrosecondTimestamp(TypeDecorator[datetime]):
    """A moment, the same on SQLite and PostgreSQL: exact, ordered, always UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return microseconds since 1970."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


ACCOUNTS: Final = Table(
    "accounts",
    _meta,
    Column("account_id", String(200), primary_key=True),
    Column("last_as_of", MicrosecondTimestamp, nullable=False),
    Column("known_since", MicrosecondTimestamp),
    Column("memory", LargeBinary),
    Column("snapshot", LargeBinary),
    Column("open_renewals", LargeBinary),
    Column("open_count", Integer, nullable=False),
)
CASES: Final = Table(
    "cases",
    _meta,
    Column("case_id", String(40), primary_key=True),
    Column("account_id", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("term_id", String(300)),
    Column("state", String(20), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("tier", String(10)),
    Column("rule", String(100), nullable=False),
    Column("segment", String(20), nullable=False),
    Column("owner_email", String(320)),
    Column("owner_name", String(200)),
    Column("owner_slack", String(64)),
    Column("act_by", MicrosecondTimestamp),
    Column("arr_at_risk", Float),
    Column("opened_at", MicrosecondTimestamp, nullable=False),
    Column("changed_at", MicrosecondTimestamp, nullable=False),
    Column("announced_at", MicrosecondTimestamp),
    Column("ended_at", MicrosecondTimestamp),
    Column("due_at", MicrosecondTimestamp),
    Column("body", LargeBinary, nullable=False),
    Column("snapshot", LargeBinary, nullable=False),
)
ANNOUNCEMENTS: Final = Table(
    "announcements",
    _meta,
    Column("id", String(40), primary_key=True),
    Column("case_id", String(40), nullable=False),
    Column("receiver_id", String(40)),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", MicrosecondTimestamp, nullable=False),
    Column("settled_at", MicrosecondTimestamp),
    Column("hold_id", String(40)),
    Column("delivery_id", String(40)),
    Column("body", LargeBinary, nullable=False),
)
HOLDS: Final = Table(
    "holds",
    _meta,
    Column("hold_id", String(40), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("created_at", MicrosecondTimestamp, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
RECEIVERS: Final = Table(
    "receivers",
    _meta,
    Column("receiver_id", String(40), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("last_digest_at", MicrosecondTimestamp),
)
VERSIONS: Final = Table(
    "versions",
    _meta,
    Column("name", String(200), primary_key=True),
    Column("first_seen", MicrosecondTimestamp, nullable=False),
)
LOCKS: Final = Table("locks", _meta, Column("name", String(40), primary_key=True))
ALERTS: Final = Table(
    "alerts",
    _meta,
    Column("alert_id", String(40), primary_key=True),
    Column("account_id", String(200), nullable=False),
    Column("contract_id", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("severity", String(20), nullable=False),
    Column("owner_email", String(320)),
    Column("owner_name", String(200)),
    Column("owner_slack", String(64)),
    Column("snapshot", LargeBinary, nullable=False),
    Column("opened_at", MicrosecondTimestamp, nullable=False),
    Column("changed_at", MicrosecondTimestamp, nullable=False),
    Column("recovered_since", MicrosecondTimestamp),
    Column("announced_at", MicrosecondTimestamp),
    Column("escalated_at", MicrosecondTimestamp),
    Column("acknowledged_by", String(200)),
    Column("snoozed_until", MicrosecondTimestamp),
    Column("resolved_at", MicrosecondTimestamp),
    Column("resolved_by", String(200)),
    Column("outcome", String(20)),
)
TIMELINE: Final = Table(
    "timeline",
    _meta,
    Column("alert_id", String(40), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("at", MicrosecondTimestamp, nullable=False),
    Column("record", LargeBinary, nullable=False),
)
OUTBOX: Final = Table(
    "outbox",
    _meta,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("account_id", String(200), nullable=False),
    Column("record", LargeBinary, nullable=False),
)
DELIVERIES: Final = Table(
    "deliveries",
    _meta,
    Column("id", String(40), primary_key=True),
    Column("key", String(300), nullable=False),
    Column("alert_id", String(40)),
    Column("channel", String(20), nullable=False),
    Column("target", String(400), nullable=False),
    Column("fallbacks", LargeBinary, nullable=False),
    Column("notice", LargeBinary, nullable=False),
    Column("state", String(20), nullable=False),
    Column("claims", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("resent", Boolean, nullable=False),
    Column("created_at", MicrosecondTimestamp, nullable=False),
    Column("caused_by", MicrosecondTimestamp),
    Column("due_at", MicrosecondTimestamp),
    Column("lease_until", MicrosecondTimestamp),
    Column("finished_at", MicrosecondTimestamp),
    Column("reason", String(500)),
    Column("reference", String(500)),
    Column("case_id", String(40)),
    Column("receiver_id", String(40)),
    Column("severity", String(20)),
    Column("thread", String(200)),
    Column("root", LargeBinary),
    Column("possibly_repeated", Boolean, nullable=False),
)
THREADS: Final = Table(
    "threads",
    _meta,
    Column("key", String(200), primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("target", String(400), primary_key=True),
    Column("reference", String(500), nullable=False),
    Column("subject", String(1000), nullable=False),
    Column("at", MicrosecondTimestamp, nullable=False),
)
DESTINATIONS: Final = Table(
    "destinations",
    _meta,
    Column("channel", String(20), primary_key=True),
    Column("target", String(400), primary_key=True),
    Column("free_at", MicrosecondTimestamp, nullable=False),
    Column("holder", String(60)),
)
INTERACTIONS: Final = Table(
    "interactions",
    _meta,
    Column("signature", String(64), primary_key=True),
    Column("at", MicrosecondTimestamp, nullable=False),
)
RECEIVER_PREFERENCES: Final = Table(
    "receiver_preferences",
    _meta,
    Column("receiver_id", String(40), primary_key=True),
    Column("digest_only", Boolean, nullable=False),
    Column("changed_at", MicrosecondTimestamp, nullable=False),
)
