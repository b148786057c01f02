"""The steps of AARRR that an account has reached stand beside its latest health."""

import sqlalchemy as sa
from alembic import op

revision = "health_0012"
down_revision = "health_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("latest_health", sa.Column("reached", sa.Text))
