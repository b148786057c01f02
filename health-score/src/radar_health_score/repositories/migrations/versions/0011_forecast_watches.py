"""What is seen of the champion now and then: shifts of features, and how what it foretold ended."""

import sqlalchemy as sa
from alembic import op

revision = "health_0011"
down_revision = "health_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecast_watches",
        sa.Column("made_at", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("watched", sa.Text, nullable=False),
    )
