"""Work that one process does for all is claimed: who works, and until when others leave it alone."""

import sqlalchemy as sa
from alembic import op

revision = "health_0013"
down_revision = "health_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("work", sa.Text, primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
