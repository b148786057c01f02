"""Which configuration was in force when: noted at each start, so that a past score is explained by what it stood on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.repositories.configuration_book import ConfigurationBook


@dataclass(kw_only=True)
class Configurations:
    """The present configuration and those of the past. The present one is replaced when the portfolio's cut moves."""

    current: Configuration
    book: ConfigurationBook

    def at(self, connection: Connection, moment: datetime | None) -> Configuration:
        """Return what was in force at ``moment`` (None: now). Before the first note the present one speaks."""
        noted = None if moment is None else self.book.in_force(connection, moment)
        return self.current if noted is None or noted == self.current else noted

    def scorecard(self, connection: Connection, version: str) -> Scorecard | None:
        """Return the scorecard of this version, if it is or was in use here."""
        return self.current.scorecards.version(version) or self.book.scorecard(connection, version)


@dataclass(kw_only=True)
class Registering:
    """Notes the present configuration, once in a process's life and whenever it has become another."""

    database: Database
    configurations: Configurations
    clock: Clock
    noted: Configuration | None = field(default=None, init=False)

    def __call__(self) -> None:
        """Note it, unless that is done; raises DatabaseUnavailable."""
        current = self.configurations.current
        if self.noted is not current:
            self.database.run(self._note(current))
            self.noted = current

    def _note(self, current: Configuration) -> Callable[[Connection], bool]:
        book, now = self.configurations.book, self.clock.now()
        return lambda connection: book.register(connection, current, now)
