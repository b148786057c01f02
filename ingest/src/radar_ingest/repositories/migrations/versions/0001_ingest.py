"""Offsets, memberships and dead letters."""

import sqlalchemy as sa
from alembic import op

from radar_chassis.store import offsets

revision = "ingest_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    offsets.create_table(op)
    op.create_table(
        "memberships",
        sa.Column("user_id", sa.String(200), primary_key=True),
        sa.Column("account_id", sa.String(200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "dead_letters",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("step", sa.String(100), nullable=False),
        sa.Column("code", sa.String(100), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("original", sa.LargeBinary, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("account_id", sa.String(200)),
        sa.Column("event_id", sa.String(128)),
        sa.Column("source_topic", sa.String(200)),
        sa.Column("source_partition", sa.Integer),
        sa.Column("source_offset", sa.BigInteger),
        sa.Column("replay", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("replayed_at", sa.DateTime(timezone=True)),
        sa.Column("answer", sa.Text),
    )
    op.create_index("dead_letters_at", "dead_letters", ["at", "id"])
