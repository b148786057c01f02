"""Where the portfolio is cut into key, mid and long tail, since when, and when somebody last looked."""

import sqlalchemy as sa
from alembic import op

revision = "health_0008"
down_revision = "health_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "segment_cuts",
        sa.Column("since", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("cuts", sa.Text, nullable=False),
    )
    op.create_table(
        "segment_looks",
        sa.Column("look", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("looked_at", sa.BigInteger, nullable=False),
        sa.Column("payers", sa.Integer, nullable=False),
        sa.Column("arr", sa.Float(53), nullable=False),
    )
