"""When an account must be scored again for a date that was told of it, and an index by which a sweep finds who is due.

Who was scored before has no such moment until the next sweep.
"""

import sqlalchemy as sa
from alembic import op

revision = "health_0015"
down_revision = "health_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("latest_health", sa.Column("wakes_at", sa.BigInteger))
    known = sa.text("wakes_at IS NOT NULL")
    op.create_index(
        "latest_health_wakes_at", "latest_health", ["wakes_at"], postgresql_where=known, sqlite_where=known
    )
    op.create_index("latest_health_as_of", "latest_health", ["as_of"])
