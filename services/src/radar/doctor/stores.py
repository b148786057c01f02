"""Looks at the log and at every service's database."""

from collections.abc import Callable, Iterator

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from radar.doctor.finding import Finding, finding
from radar.runtime import ACCESS
from radar.services import SERVICES, Service
from radar.settings import Settings
from radar_chassis.bus.open import open_bus
from radar_chassis.errors import ConfigurationError
from radar_chassis.store.database import Database
from radar_chassis.store.migrate import configuration

ACCESS_MIGRATIONS = "radar_chassis.access.migrations"


def check_stores(settings: Settings) -> Iterator[Finding]:
    """Yield a finding on the log and on each database."""
    if settings.bus_url is None and settings.database_url is None and not settings.data.is_dir():
        detail = f"nothing in {settings.data} yet: `radar run` makes it"
        yield Finding(check="data", state="note", detail=detail)
        return
    yield finding("log", lambda: _log(settings))
    yield finding(
        "database access",
        lambda: _current(Database(settings.database_for(ACCESS), schema=ACCESS), ACCESS_MIGRATIONS),
    )
    for name, service in SERVICES.items():
        yield finding(f"database {name}", _look(settings, service))


def _look(settings: Settings, service: Service) -> Callable[[], str]:
    return lambda: _current(service.database(settings), service.migrations)


def _log(settings: Settings) -> str:
    bus = open_bus(settings.bus_address())
    try:
        bus.ping()
    finally:
        bus.close()
    return "embedded, can be written" if settings.bus_url is None else "answers"


def _current(database: Database, package: str) -> str:
    newest = ScriptDirectory.from_config(configuration(package)).get_current_head()
    try:
        with database.reading() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    finally:
        database.dispose()
    if found != newest:
        raise ConfigurationError(
            f"its tables are at {found or 'no'} revision, this version needs {newest}: run `radar db upgrade`"
        )
    return f"{database.dialect}, tables at {found}"
