"""Whether an account is a customer stands beside its latest health; batches of history wait until they settle."""

import sqlalchemy as sa
from alembic import op

revision = "health_0002"
down_revision = "health_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    standing = sa.Column("standing", sa.Text, nullable=False, server_default="customer")
    op.add_column("latest_health", standing)
    op.add_column("pending_scores", sa.Column("history_at", sa.BigInteger))
