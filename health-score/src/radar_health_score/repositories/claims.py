"""Claims on work that one process does for all, in SQL."""

from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, select, update
from sqlalchemy.dialects import postgresql, sqlite

from radar_health_score.domain.workspace.workspace_days import to_micros

_claims: Final = Table(
    "claims", MetaData(), Column("work", Text, primary_key=True), Column("until", BigInteger)
)


class Claims:
    """Lets one process do what is done once for all."""

    def take(self, connection: Connection, work: str, *, now: datetime, until: datetime) -> bool:
        """Claim ``work`` until a moment; return whether nobody else has it now."""
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        first = (
            insert(_claims)
            .values(work=work, until=to_micros(until))
            .on_conflict_do_nothing()
            .returning(_claims.c.work)
        )
        if connection.execute(first).first() is not None:
            return True
        over = (_claims.c.work == work) & (_claims.c.until <= to_micros(now))
        taken = update(_claims).where(over).values(until=to_micros(until)).returning(_claims.c.work)
        return connection.execute(taken).first() is not None

    def held(self, connection: Connection, work: str, *, now: datetime) -> bool:
        """Return whether somebody has ``work`` now."""
        claimed = (_claims.c.work == work) & (_claims.c.until > to_micros(now))
        return connection.execute(select(_claims.c.work).where(claimed)).first() is not None

    def renew(self, connection: Connection, work: str, *, until: datetime) -> None:
        """Hold on to a claim until a moment; whoever calls it has seen that the claim is still its own."""
        _set(connection, work, until)

    def leave(self, connection: Connection, work: str, *, now: datetime) -> None:
        """Give a claim back; after ``now`` anybody may take it."""
        _set(connection, work, now)


def _set(connection: Connection, work: str, until: datetime) -> None:
    connection.execute(update(_claims).where(_claims.c.work == work).values(until=to_micros(until)))
