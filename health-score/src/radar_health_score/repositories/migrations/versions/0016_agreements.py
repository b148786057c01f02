"""A contract id may carry several agreements, each due on its own day: open contracts are told apart by it, too."""

import sqlalchemy as sa
from alembic import op

revision = "health_0016"
down_revision = "health_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("open_contracts_renews_on", "open_contracts")
    op.rename_table("open_contracts", "open_contracts_before")
    op.create_table(
        "open_contracts",
        sa.Column("account_no", sa.BigInteger, primary_key=True),
        sa.Column("contract_id", sa.Text, primary_key=True),
        sa.Column("renews_on", sa.Text, primary_key=True),
        sa.Column("starts_on", sa.Text),
        sa.Column("probability", sa.Float(53)),
        sa.Column("currency", sa.Text),
        sa.Column("arr", sa.Float(53)),
        sa.Column("arr_at_risk", sa.Float(53)),
        sqlite_with_rowid=False,
    )
    columns = "account_no, contract_id, renews_on, starts_on, probability, currency, arr, arr_at_risk"
    op.execute(f"INSERT INTO open_contracts ({columns}) SELECT {columns} FROM open_contracts_before")  # noqa: S608 - names of ours
    op.drop_table("open_contracts_before")
    op.create_index("open_contracts_renews_on", "open_contracts", ["renews_on", "account_no", "contract_id"])
