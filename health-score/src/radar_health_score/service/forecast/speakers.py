"""Who spoke of renewals when, for those who ask about a moment."""

from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import Connection

from radar_health_score.domain.forecast.voice import Voice


class Speakers(Protocol):
    """The champions of all times."""

    def at(self, connection: Connection, moment: datetime | None) -> Voice | None:
        """Return who was champion at ``moment`` (None: now); None where the scorecard spoke alone."""
        ...

    def version(self, connection: Connection, version: str) -> Voice | None:
        """Return this version of the model; None where it can't be loaded."""
        ...


class Nobody:
    """``Speakers`` where no model was ever promoted."""

    def at(self, connection: Connection, moment: datetime | None) -> Voice | None:
        """See ``Speakers``."""
        del connection, moment
        return None

    def version(self, connection: Connection, version: str) -> Voice | None:
        """See ``Speakers``."""
        del connection, version
        return None


NOBODY: Final = Nobody()
