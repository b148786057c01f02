"""A release's store in PostgreSQL: tables as the release made them, with the rows of its SQLite databases."""

import re
from pathlib import Path
from typing import Final

from alembic import command
from sqlalchemy import Connection, MetaData, Table, create_engine, inspect, select, text

from radar.services import SERVICES
from radar_chassis.store.database import Database
from radar_chassis.store.migrate import configuration

# Service: the schema (and file) of its tables, and the package of its migrations.
STORES: Final = {
    "access": ("access", "radar_chassis.access.migrations"),
    **{name: (service.schema, service.migrations) for name, service in SERVICES.items()},
}

# The service makes these tables itself, one for the ids of each week.
SEEN_IDS: Final = re.compile(r"seen_\d+")


def copy_to_postgres(data: Path, url: str, heads: dict[str, str]) -> None:
    """Make the release's tables in the database at ``url``, and fill them from the data folder."""
    for service, (schema, package) in STORES.items():
        database = Database(url, schema=schema)
        _make_tables(database, package, heads[service])
        _copy_rows(data / f"{schema}.db", database)
        database.dispose()


def _make_tables(database: Database, package: str, head: str) -> None:
    config = configuration(package)
    with database.transaction() as connection:
        connection.execute(text(f'CREATE SCHEMA "{database.schema}"'))
        config.attributes["connection"] = connection
        command.upgrade(config, head)


def _copy_rows(file: Path, database: Database) -> None:
    source = create_engine(f"sqlite:///{file}")
    with source.connect() as reading, database.transaction() as writing:
        writing.execute(text("SET LOCAL TIME ZONE 'UTC'"))
        names = set(inspect(reading).get_table_names()) - {"alembic_version"}
        for name in sorted(name for name in names if SEEN_IDS.fullmatch(name)):
            writing.execute(text(f"CREATE TABLE {name} (id bytea PRIMARY KEY NOT NULL)"))
        tables = MetaData(schema=database.schema)
        tables.reflect(writing)
        assert {table.name for table in tables.sorted_tables} - {"alembic_version"} == names
        for table in tables.sorted_tables:
            if table.name in names:
                _copy(table, reading, writing)
    source.dispose()


def _copy(table: Table, reading: Connection, writing: Connection) -> None:
    # Read with the types that PostgreSQL told.
    there = table.to_metadata(MetaData(), schema=None)
    rows = [dict(row) for row in reading.execute(select(there)).mappings()]
    if rows:
        writing.execute(table.insert(), rows)
        _go_on_counting(table, writing)


def _go_on_counting(table: Table, writing: Connection) -> None:
    for column in table.columns:
        sequence = f"pg_get_serial_sequence('{table.fullname}', '{column.name}')"
        if writing.execute(text(f"SELECT {sequence}")).scalar() is not None:
            last = f"(SELECT max({column.name}) FROM {table.fullname})"
            writing.execute(text(f"SELECT setval({sequence}, {last})"))
