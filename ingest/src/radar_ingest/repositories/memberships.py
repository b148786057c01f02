"""Memberships in the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Insert, select
from sqlalchemy.dialects import postgresql, sqlite

from radar_chassis.store.database import Database
from radar_ingest.repositories.tables import MEMBERSHIPS, utc

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A user was grouped into an account at ``since``."""

    user_id: str
    account_id: str
    since: datetime


class Memberships:
    """Which account each user was last grouped into. Blocking; raises DatabaseUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, memberships: Sequence[Membership]) -> None:
        """Store each, unless a later one of the same user is stored."""
        # Sorted, so that two requests lock rows in the same order.
        rows = [
            {"user_id": one.user_id, "account_id": one.account_id, "since": utc(one.since)}
            for one in sorted(memberships, key=lambda one: one.user_id)
        ]
        statement = _upsert(self._database)

        def work(connection: Connection) -> None:
            connection.execute(statement, rows)

        self._database.run(work)

    def accounts_of(self, users: Collection[str]) -> Mapping[str, str]:
        """Return the account of each user that was ever grouped."""
        names = sorted(users)
        found: dict[str, str] = {}
        with self._database.reading() as connection:
            for begin in range(0, len(names), _CHUNK):
                query = select(MEMBERSHIPS.c.user_id, MEMBERSHIPS.c.account_id)
                some = query.where(MEMBERSHIPS.c.user_id.in_(names[begin : begin + _CHUNK]))
                found.update({row.user_id: row.account_id for row in connection.execute(some)})
        return found


def _upsert(database: Database) -> Insert:
    insert = sqlite.insert(MEMBERSHIPS) if database.is_sqlite else postgresql.insert(MEMBERSHIPS)
    return insert.on_conflict_do_update(
        index_elements=["user_id"],
        set_={"account_id": insert.excluded.account_id, "since": insert.excluded.since},
        where=MEMBERSHIPS.c.since <= insert.excluded.since,
    )
