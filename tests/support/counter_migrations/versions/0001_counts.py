"""A table that counts words."""

import sqlalchemy as sa
from alembic import op

from radar_chassis.store import offsets

revision = "counter_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    offsets.create_table(op)
    op.create_table(
        "counts",
        sa.Column("word", sa.String(100), primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
    )
