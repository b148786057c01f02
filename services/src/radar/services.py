"""The services there are, by the name of their command. Each is imported only where it runs."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

from radar.settings import Settings
from radar_chassis.access.guard import Access
from radar_chassis.bus.port import Bus
from radar_chassis.clock import Clock
from radar_chassis.http.part import Part
from radar_chassis.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service: ``schema`` names its database, ``package`` holds its code."""

    schema: str
    package: str

    @property
    def migrations(self) -> str:
        """The package of its migrations."""
        return f"{self.package}.repositories.migrations"

    def database(self, settings: Settings) -> Database:
        """Return its database, connected on first use."""
        return Database(settings.database_for(self.schema), schema=self.schema)

    def build(self, settings: Settings, *, bus: Bus, access: Access, clock: Clock) -> Part:
        """Return the service, ready to run; nothing is connected or started yet."""
        return cast("Part", self._main().build(settings, bus=bus, access=access, clock=clock))

    def migrate(self, settings: Settings) -> None:
        """Bring its tables up to date. Raises DatabaseUnavailable."""
        self._main().migrate(settings)

    def _main(self) -> Any:
        return importlib.import_module(f"{self.package}.main")


SERVICES: Final[Mapping[str, Service]] = MappingProxyType(
    {
        "ingest": Service(schema="ingest", package="radar_ingest"),
        "score": Service(schema="health", package="radar_health_score"),
        "alerts": Service(schema="alerts", package="radar_alerts"),
    }
)
