"""Insert-or-else, which SQLite and PostgreSQL share but SQLAlchemy spells once for each."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert


def insert(connection: Connection, table: Table) -> Any:
    """Return an INSERT of the connection's dialect, which can be given an ON CONFLICT."""
    return PostgresInsert(table) if connection.dialect.name == "postgresql" else SqliteInsert(table)


def insert_or_update(connection: Connection, table: Table, *keys: str) -> Any:
    """Return an INSERT that overwrites every other column of a row that is there."""
    statement = insert(connection, table)
    rest = {
        column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys
    }
    return statement.on_conflict_do_update(index_elements=list(keys), set_=rest)
