"""Scorecards are kept for ever by their version, beside what was in force since when."""

import sqlalchemy as sa
from alembic import op

revision = "health_0003"
down_revision = "health_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scorecard_versions",
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("first_used_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "configurations",
        sa.Column("since", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("configuration", sa.Text, nullable=False),
    )
