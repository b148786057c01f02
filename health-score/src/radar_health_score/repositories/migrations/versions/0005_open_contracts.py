"""Every open contract stands beside its account's latest health, and what the account pays by currency.

Until an account is scored again it has the one contract that its latest snapshot spoke of.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "health_0005"
down_revision = "health_0004"
branch_labels = None
depends_on = None

_CONTRACT_ID: Final = {
    "sqlite": "json_extract(snapshot, '$.renewal.contract_id')",
    "postgresql": "snapshot::json #>> '{renewal,contract_id}'",
}
_PROBABILITY: Final = {
    "sqlite": "json_extract(snapshot, '$.renewal.probability')",
    "postgresql": "CAST(snapshot::json #>> '{renewal,probability}' AS double precision)",
}


def upgrade() -> None:
    op.create_table(
        "open_contracts",
        sa.Column("account_no", sa.BigInteger, primary_key=True),
        sa.Column("contract_id", sa.Text, primary_key=True),
        sa.Column("starts_on", sa.Text),
        sa.Column("renews_on", sa.Text, nullable=False),
        sa.Column("probability", sa.Float(53)),
        sa.Column("currency", sa.Text),
        sa.Column("arr", sa.Float(53)),
        sa.Column("arr_at_risk", sa.Float(53)),
        sqlite_with_rowid=False,
    )
    op.create_index("open_contracts_renews_on", "open_contracts", ["renews_on", "account_no", "contract_id"])
    op.create_table(
        "account_revenue",
        sa.Column("account_no", sa.BigInteger, primary_key=True),
        sa.Column("currency", sa.Text, primary_key=True),
        sa.Column("arr", sa.Float(53), nullable=False),
        sa.Column("arr_at_risk", sa.Float(53)),
        sqlite_with_rowid=False,
    )
    # Sums over groups read this instead of the wide rows, snapshots and all.
    op.create_index("latest_health_groups", "latest_health", ["standing", "segment", "band", "account_no"])
    _fill(op.get_bind().dialect.name)


def _fill(dialect: str) -> None:
    contract_id, probability = _CONTRACT_ID[dialect], _PROBABILITY[dialect]
    op.execute(
        "INSERT INTO open_contracts"  # noqa: S608 - two expressions of ours
        " (account_no, contract_id, renews_on, probability, currency, arr, arr_at_risk)"
        f" SELECT account_no, {contract_id}, renews_on, {probability}, currency, arr, arr_at_risk"
        " FROM latest_health WHERE renews_on IS NOT NULL"
    )
    op.execute(
        "INSERT INTO account_revenue (account_no, currency, arr, arr_at_risk)"
        " SELECT account_no, currency, arr, arr_at_risk FROM latest_health WHERE currency IS NOT NULL"
    )
