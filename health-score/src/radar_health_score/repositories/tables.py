"""The columns that queries name; the migrations hold the full definitions."""

from typing import Final

from sqlalchemy import BigInteger, Column, Float, Integer, LargeBinary, MetaData, Table, Text

_metadata: Final = MetaData()

accounts: Final = Table(
    "accounts",
    _metadata,
    Column("account_no", BigInteger, primary_key=True),
    Column("account_id", Text),
    Column("partition", Integer),
)
pending_scores: Final = Table(
    "pending_scores",
    _metadata,
    Column("batch_no", BigInteger, primary_key=True),
    Column("partition", Integer),
    Column("accounts", LargeBinary),
    Column("history_at", BigInteger),
)
snapshots: Final = Table(
    "snapshots",
    _metadata,
    Column("account_no", BigInteger, primary_key=True),
    Column("as_of", BigInteger, primary_key=True),
    Column("score", Float(53)),
    Column("snapshot", Text),
)
open_contracts: Final = Table(
    "open_contracts",
    _metadata,
    Column("account_no", BigInteger, primary_key=True),
    Column("contract_id", Text, primary_key=True),
    Column("renews_on", Text, primary_key=True),
    Column("starts_on", Text),
    Column("probability", Float(53)),
    Column("currency", Text),
    Column("arr", Float(53)),
    Column("arr_at_risk", Float(53)),
    Column("source", Text),
)
account_revenue: Final = Table(
    "account_revenue",
    _metadata,
    Column("account_no", BigInteger, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("arr", Float(53)),
    Column("arr_at_risk", Float(53)),
)
latest_health: Final = Table(
    "latest_health",
    _metadata,
    Column("account_no", BigInteger, primary_key=True),
    Column("account_id", Text),
    Column("as_of", BigInteger),
    Column("stored_at", BigInteger),
    Column("name", Text),
    Column("segment", Text),
    Column("industry", Text),
    Column("region", Text),
    Column("owner_name", Text),
    Column("owner_email", Text),
    Column("band", Text),
    Column("score", Float(53)),
    Column("renews_on", Text),
    Column("currency", Text),
    Column("arr", Float(53)),
    Column("arr_at_risk", Float(53)),
    Column("standing", Text),
    Column("stage", Text),
    Column("parent_id", Text),
    Column("reached", Text),
    Column("wakes_at", BigInteger),
    Column("snapshot", Text),
)
