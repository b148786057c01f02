"""Cases in place of alert episodes; what waits to be announced, what is held, who was told.

What runs in 0.1.0 becomes a case of the same id, announced already, so that nobody is told twice.
"""

import sqlalchemy as sa
from alembic import op

from radar_alerts.repositories import from_episodes

revision = "alerts_0003"
down_revision = "alerts_0002"
branch_labels = None
depends_on = None


def moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def upgrade() -> None:
    op.add_column("accounts", moment("known_since"))
    op.add_column("accounts", sa.Column("memory", sa.LargeBinary))
    op.add_column("accounts", sa.Column("snapshot", sa.LargeBinary))
    op.add_column("accounts", sa.Column("open_renewals", sa.LargeBinary))
    op.add_column("accounts", sa.Column("open_count", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "cases",
        sa.Column("case_id", sa.String(40), primary_key=True),
        sa.Column("account_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("term_id", sa.String(300)),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("severity", sa.Integer, nullable=False),
        sa.Column("tier", sa.String(10)),
        sa.Column("rule", sa.String(100), nullable=False),
        sa.Column("segment", sa.String(20), nullable=False),
        sa.Column("owner_email", sa.String(320)),
        sa.Column("owner_name", sa.String(200)),
        sa.Column("owner_slack", sa.String(64)),
        moment("act_by"),
        sa.Column("arr_at_risk", sa.Float),
        moment("opened_at", nullable=False),
        moment("changed_at", nullable=False),
        moment("announced_at"),
        moment("ended_at"),
        moment("due_at"),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("snapshot", sa.LargeBinary, nullable=False),
    )
    op.create_index("cases_by_account", "cases", ["account_id"])
    op.create_index("cases_by_change", "cases", ["changed_at", "case_id"])
    op.create_index("cases_by_state", "cases", ["state", "severity"])
    op.create_index("cases_due", "cases", ["due_at"])
    op.create_table(
        "announcements",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("case_id", sa.String(40), nullable=False),
        sa.Column("receiver_id", sa.String(40)),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        moment("created_at", nullable=False),
        moment("settled_at"),
        sa.Column("hold_id", sa.String(40)),
        sa.Column("delivery_id", sa.String(40)),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("announcements_by_state", "announcements", ["state", "created_at"])
    op.create_index("announcements_by_case", "announcements", ["case_id"])
    op.create_index("announcements_by_receiver", "announcements", ["receiver_id", "state"])
    op.create_index("announcements_settled", "announcements", ["settled_at"])
    op.create_table(
        "holds",
        sa.Column("hold_id", sa.String(40), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        moment("created_at", nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "receivers",
        sa.Column("receiver_id", sa.String(40), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        moment("last_digest_at"),
    )
    op.create_table(
        "versions",
        sa.Column("name", sa.String(200), primary_key=True),
        moment("first_seen", nullable=False),
    )
    op.create_table("locks", sa.Column("name", sa.String(40), primary_key=True))
    from_episodes.copy(op.get_bind())
