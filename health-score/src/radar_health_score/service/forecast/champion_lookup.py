"""Which model was champion at a moment."""

from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import Connection

from radar_health_score.domain.forecast.renewal_model import RenewalModel


class ChampionLookup(Protocol):
    """The champions of all times."""

    def at(self, connection: Connection, moment: datetime | None) -> RenewalModel | None:
        """Return the champion at ``moment`` (None: now); None where there was none."""
        ...

    def version(self, connection: Connection, version: str) -> RenewalModel | None:
        """Return this version of the model; None where it can't be loaded."""
        ...


class NoChampions:
    """``ChampionLookup`` where no model was ever promoted."""

    def at(self, connection: Connection, moment: datetime | None) -> RenewalModel | None:
        """See ``ChampionLookup``."""
        del connection, moment
        return None

    def version(self, connection: Connection, version: str) -> RenewalModel | None:
        """See ``ChampionLookup``."""
        del connection, version
        return None


NO_CHAMPIONS: Final = NoChampions()
