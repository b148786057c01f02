"""Deliveries know their case, receiver and thread; each destination is paced; clicks and preferences of receivers.

``channel_waits`` stays for the release before, which may run beside this one; nothing here reads it.
"""

import sqlalchemy as sa
from alembic import op

revision = "alerts_0002"
down_revision = "alerts_0001"
branch_labels = None
depends_on = None


def moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def upgrade() -> None:
    for column in (
        sa.Column("case_id", sa.String(40)),
        sa.Column("receiver_id", sa.String(40)),
        sa.Column("severity", sa.String(20)),
        sa.Column("thread", sa.String(200)),
        sa.Column("root", sa.LargeBinary),
        sa.Column("possibly_repeated", sa.Boolean, nullable=False, server_default=sa.false()),
    ):
        op.add_column("deliveries", column)
    op.create_table(
        "threads",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("channel", sa.String(20), primary_key=True),
        sa.Column("target", sa.String(400), primary_key=True),
        sa.Column("reference", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(1000), nullable=False),
        moment("at", nullable=False),
    )
    op.create_table(
        "destinations",
        sa.Column("channel", sa.String(20), primary_key=True),
        sa.Column("target", sa.String(400), primary_key=True),
        moment("free_at", nullable=False),
        sa.Column("holder", sa.String(60)),
    )
    op.create_table(
        "interactions",
        sa.Column("signature", sa.String(64), primary_key=True),
        moment("at", nullable=False),
    )
    op.create_table(
        "receiver_preferences",
        sa.Column("receiver_id", sa.String(40), primary_key=True),
        sa.Column("digest_only", sa.Boolean, nullable=False),
        moment("changed_at", nullable=False),
    )
