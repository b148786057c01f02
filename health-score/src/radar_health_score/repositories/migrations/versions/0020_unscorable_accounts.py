"""Accounts that can't be scored, with the error and when each is tried again."""

import sqlalchemy as sa
from alembic import op

revision = "health_0020"
down_revision = "health_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unscorable_accounts",
        sa.Column("account_no", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("retry_at", sa.BigInteger, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
    )
    op.create_index("unscorable_accounts_retry_at", "unscorable_accounts", ["retry_at"])
