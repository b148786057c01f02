"""The stage of its lifecycle, and the account it is a part of, stand beside an account's latest health."""

import sqlalchemy as sa
from alembic import op

revision = "health_0004"
down_revision = "health_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("latest_health", sa.Column("stage", sa.Text))
    op.add_column("latest_health", sa.Column("parent_id", sa.Text))
    op.create_index("latest_health_parent", "latest_health", ["parent_id", "account_no"])
