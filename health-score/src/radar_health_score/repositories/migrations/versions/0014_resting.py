"""Beside each thing stands from when on it rests, so that a score doesn't read signals that no metric sees any more.

What was stored before doesn't rest until something is told of it again.
"""

import sqlalchemy as sa
from alembic import op

revision = "health_0014"
down_revision = "health_0013"
branch_labels = None
depends_on = None

NEVER = 2**62


def upgrade() -> None:
    op.add_column(
        "entities", sa.Column("rests_from", sa.BigInteger, nullable=False, server_default=str(NEVER))
    )
    op.create_index("entities_by_rest", "entities", ["account_no", "kind", "rests_from"])
