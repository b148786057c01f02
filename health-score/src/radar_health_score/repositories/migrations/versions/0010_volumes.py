"""A day's volume stands beside its tally, so that a year of days is read without opening any.

Days stored before have none; what they came to is worked out from their tally.
"""

import sqlalchemy as sa
from alembic import op

revision = "health_0010"
down_revision = "health_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("day_use", sa.Column("volume", sa.LargeBinary))
