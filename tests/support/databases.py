"""The same test on both stores: SQLite in a file, and a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from radar_chassis.store.database import Database
from radar_chassis.store.migrate import migrate


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """SQLAlchemy URL of an empty database, once per kind of store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    url: str = request.getfixturevalue("fresh_database")
    return url


@pytest.fixture
def counter(store_url: str) -> Iterator[Database]:
    """A migrated database with a table ``counts`` and consumer offsets."""
    database = Database(store_url, schema="counter")
    migrate(database, "tests.support.counter_migrations")
    yield database
    database.dispose()


def count(connection: Connection, word: str) -> None:
    """Add one to ``word``."""
    connection.execute(
        text(
            "INSERT INTO counts (word, n) VALUES (:word, 1) ON CONFLICT (word) DO UPDATE SET n = counts.n + 1"
        ),
        {"word": word},
    )


def counts(database: Database) -> dict[str, int]:
    """What has been counted."""
    with database.reading() as connection:
        return {row.word: row.n for row in connection.execute(text("SELECT word, n FROM counts"))}
