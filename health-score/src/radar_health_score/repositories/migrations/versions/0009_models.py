"""Models are kept for ever by their version, beside which was champion since when."""

import sqlalchemy as sa
from alembic import op

revision = "health_0009"
down_revision = "health_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "models",
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
    )
    op.create_table(
        "champions",
        sa.Column("since", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Text),
        sa.Column("reign", sa.Text, nullable=False),
    )
