"""State of accounts, their history, and their scores."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from radar_chassis.store import offsets

revision = "health_0001"
down_revision = None
branch_labels = None
depends_on = None

# Rows that are rewritten leave room on their page, so that the new version lands beside the old one.
REWRITTEN: dict[str, Any] = {"postgresql_with": {"fillfactor": 80}}
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    offsets.create_table(op)
    _accounts()
    _usage()
    _attributes()
    _scores()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_no", SERIAL, sa.Identity(), primary_key=True),
        sa.Column("account_id", sa.Text, nullable=False, unique=True),
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("next_user", sa.Integer, nullable=False),
        sa.Column("first_at", sa.BigInteger),
        sa.Column("last_day", sa.Integer),
        sa.Column("last_known_day", sa.Integer),
        sa.Column("last_patch_at", sa.BigInteger),
        **REWRITTEN,
    )
    op.create_index("accounts_of_partition", "accounts", ["partition", "account_no"])
    op.create_table(
        "features",
        sa.Column("account_no", sa.BigInteger, primary_key=True),
        sa.Column("feature_no", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "users",
        sa.Column("account_no", sa.BigInteger, primary_key=True),
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("user_no", sa.Integer, nullable=False),
        sa.Column("last_day", sa.Integer),
        sa.Column("first_use", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
        **REWRITTEN,
    )


def _usage() -> None:
    op.create_table(
        "day_use",
        sa.Column("account_no", sa.BigInteger, primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("known_day", sa.Integer, primary_key=True),
        sa.Column("tally", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
        **REWRITTEN,
    )
    op.create_table("seen_weeks", sa.Column("week", sa.Integer, primary_key=True, autoincrement=False))


def _attributes() -> None:
    op.create_table(
        "patches",
        sa.Column("patch_no", SERIAL, sa.Identity(), primary_key=True),
        sa.Column("account_no", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("entity_id", sa.Text, nullable=False),
        sa.Column("valid_at", sa.BigInteger, nullable=False),
        sa.Column("known_at", sa.BigInteger, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("patches_of_account", "patches", ["account_no"])
    op.create_table(
        "entities",
        sa.Column("account_no", sa.BigInteger, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("entity_id", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _scores() -> None:
    op.create_table(
        "pending_scores",
        sa.Column("batch_no", SERIAL, sa.Identity(), primary_key=True),
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("accounts", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "latest_health",
        sa.Column("account_no", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("account_id", sa.Text, nullable=False, unique=True),
        sa.Column("as_of", sa.BigInteger, nullable=False),
        sa.Column("stored_at", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("segment", sa.Text, nullable=False),
        sa.Column("industry", sa.Text),
        sa.Column("region", sa.Text),
        sa.Column("owner_name", sa.Text),
        sa.Column("owner_email", sa.Text),
        sa.Column("band", sa.Text, nullable=False),
        sa.Column("score", sa.Float(53)),
        sa.Column("renews_on", sa.Text),
        sa.Column("currency", sa.Text),
        sa.Column("arr", sa.Float(53)),
        sa.Column("arr_at_risk", sa.Float(53)),
        sa.Column("snapshot", sa.Text, nullable=False),
        **REWRITTEN,
    )
    for column in ("score", "renews_on", "arr_at_risk"):
        op.create_index(f"latest_health_{column}", "latest_health", [column, "account_no"])
    op.create_table(
        "snapshots",
        sa.Column("account_no", sa.BigInteger, primary_key=True),
        sa.Column("as_of", sa.BigInteger, primary_key=True),
        sa.Column("score", sa.Float(53)),
        sa.Column("snapshot", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
