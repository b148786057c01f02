"""Migrations: one history per service, always upwards, one start at a time."""

import importlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from radar_chassis.store.database import Database

ENVIRONMENT: Final = Path(str(resources.files("radar_chassis.store") / "alembic"))


def migrate(database: Database, package: str) -> None:
    """Bring ``database`` up to the newest revision in ``<package>/versions``.

    Several processes may start at once: on PostgreSQL an advisory lock lets one go first; on SQLite the
    transaction itself does. Raises DatabaseUnavailable.
    """
    config = configuration(package)
    with database.transaction() as connection, _alone(connection, database.schema):
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def configuration(package: str) -> Config:
    """Return Alembic's configuration for the history in ``<package>/versions``."""
    folder = Path(str(importlib.import_module(package).__path__[0]))
    config = Config()
    config.set_main_option("script_location", str(ENVIRONMENT).replace("%", "%%"))
    config.set_main_option("version_locations", str(folder / "versions").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


@contextmanager
def _alone(connection: Connection, schema: str) -> Iterator[None]:
    if connection.dialect.name == "postgresql":
        lock = zlib.crc32(f"radar.migrate.{schema}".encode())
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
    yield
