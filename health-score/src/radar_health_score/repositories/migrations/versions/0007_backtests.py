"""Backtests are kept: how well each scorer foretold the contract ends of the past."""

import sqlalchemy as sa
from alembic import op

revision = "health_0007"
down_revision = "health_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backtests",
        sa.Column("backtest_id", sa.Text, primary_key=True),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("split", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
    )
    op.create_index("backtests_made_at", "backtests", ["made_at", "backtest_id"])
