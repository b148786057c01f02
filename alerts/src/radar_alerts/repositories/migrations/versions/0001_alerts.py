"""Alerts, their timelines, deliveries, and the outbox of radar.alerts.v1."""

import sqlalchemy as sa
from alembic import op

from radar_chassis.store import offsets

revision = "alerts_0001"
down_revision = None
branch_labels = None
depends_on = None


def moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def upgrade() -> None:
    offsets.create_table(op)
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.String(200), primary_key=True),
        moment("last_as_of", nullable=False),
    )
    op.create_table(
        "alerts",
        sa.Column("alert_id", sa.String(40), primary_key=True),
        sa.Column("account_id", sa.String(200), nullable=False),
        sa.Column("contract_id", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("severity", sa.String(20), nullable=False),
        sa.Column("owner_email", sa.String(320)),
        sa.Column("owner_name", sa.String(200)),
        sa.Column("owner_slack", sa.String(64)),
        sa.Column("snapshot", sa.LargeBinary, nullable=False),
        moment("opened_at", nullable=False),
        moment("changed_at", nullable=False),
        moment("recovered_since"),
        moment("announced_at"),
        moment("escalated_at"),
        sa.Column("acknowledged_by", sa.String(200)),
        moment("snoozed_until"),
        moment("resolved_at"),
        sa.Column("resolved_by", sa.String(200)),
        sa.Column("outcome", sa.String(20)),
        sa.UniqueConstraint("account_id", "contract_id", name="one_episode_per_renewal"),
    )
    op.create_index("alerts_by_change", "alerts", ["changed_at", "alert_id"])
    op.create_index("alerts_by_state", "alerts", ["state", "changed_at"])
    op.create_table(
        "timeline",
        sa.Column("alert_id", sa.String(40), primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True),
        moment("at", nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True
        ),
        sa.Column("account_id", sa.String(200), nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("key", sa.String(300), nullable=False, unique=True),
        sa.Column("alert_id", sa.String(40)),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("target", sa.String(400), nullable=False),
        sa.Column("fallbacks", sa.LargeBinary, nullable=False),
        sa.Column("notice", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("resent", sa.Boolean, nullable=False),
        moment("created_at", nullable=False),
        moment("caused_by"),
        moment("due_at"),
        moment("lease_until"),
        moment("finished_at"),
        sa.Column("reason", sa.String(500)),
        sa.Column("reference", sa.String(500)),
    )
    op.create_index("deliveries_due", "deliveries", ["channel", "due_at"])
    op.create_index("deliveries_by_alert", "deliveries", ["alert_id"])
    op.create_index("deliveries_by_time", "deliveries", ["created_at", "id"])
    op.create_table(
        "channel_waits",
        sa.Column("channel", sa.String(20), primary_key=True),
        moment("until", nullable=False),
    )
