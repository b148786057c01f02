"""What a release before 0014 tells of a thing that rests wakes it, while processes of both are running.

Such a release writes the state alone; from when on the thing rests would stay as it was, and hide it for good.
"""

from alembic import op

revision = "health_0018"
down_revision = "health_0017"
branch_labels = None
depends_on = None

NEVER = 2**62
_TOLD = f"NEW.state <> OLD.state AND NEW.rests_from = OLD.rests_from AND OLD.rests_from <> {NEVER}"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION wake_entity() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN NEW.rests_from := {NEVER}; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER wake_entity BEFORE UPDATE ON entities FOR EACH ROW WHEN ({_TOLD}) "
            "EXECUTE FUNCTION wake_entity()"
        )
    else:
        wake = f"UPDATE entities SET rests_from = {NEVER}"  # noqa: S608 - a number of ours
        this = "account_no = NEW.account_no AND kind = NEW.kind AND entity_id = NEW.entity_id"
        op.execute(
            f"CREATE TRIGGER wake_entity AFTER UPDATE ON entities FOR EACH ROW WHEN {_TOLD} "
            f"BEGIN {wake} WHERE {this}; END"
        )
