"""An open contract says who told its probability, so that a forecast can say what it rests on."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "health_0019"
down_revision = "health_0018"
branch_labels = None
depends_on = None

_TOLD: Final = {
    "sqlite": "UPDATE open_contracts SET source = (SELECT json_extract(told.value, '$.source')"
    " FROM latest_health AS latest, json_each(latest.snapshot, '$.renewals') AS told"
    " WHERE latest.account_no = open_contracts.account_no"
    " AND json_extract(told.value, '$.contract_id') = open_contracts.contract_id"
    " AND json_extract(told.value, '$.renews_on') = open_contracts.renews_on LIMIT 1)",
    "postgresql": "UPDATE open_contracts SET source = told.value ->> 'source'"
    " FROM latest_health AS latest, json_array_elements(latest.snapshot::json -> 'renewals') AS told"
    " WHERE latest.account_no = open_contracts.account_no"
    " AND told.value ->> 'contract_id' = open_contracts.contract_id"
    " AND told.value ->> 'renews_on' = open_contracts.renews_on",
}


def upgrade() -> None:
    op.add_column("open_contracts", sa.Column("source", sa.Text))
    op.execute(_TOLD[op.get_bind().dialect.name])
