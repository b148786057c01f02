"""What people have set in place of a scorecard's word: every act is kept, none is changed."""

import sqlalchemy as sa
from alembic import op

revision = "health_0006"
down_revision = "health_0005"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "overrides",
        sa.Column("override_no", SERIAL, sa.Identity(), primary_key=True),
        sa.Column("account_no", sa.BigInteger, nullable=False),
        sa.Column("known_at", sa.BigInteger, nullable=False),
        sa.Column("valid_from", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("band", sa.Text),
        sa.Column("score", sa.Float(53)),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("overrides_of_account", "overrides", ["account_no"])
