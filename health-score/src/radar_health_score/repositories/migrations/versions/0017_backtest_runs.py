"""Backtests that were asked for over HTTP: who asks hears that one is under way, and why another one failed."""

import sqlalchemy as sa
from alembic import op

revision = "health_0017"
down_revision = "health_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backtest_runs",
        sa.Column("backtest_id", sa.Text, primary_key=True),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("wish", sa.Text, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("code", sa.Text),
        sa.Column("detail", sa.Text),
    )
