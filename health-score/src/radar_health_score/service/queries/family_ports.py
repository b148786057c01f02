"""What questions about families of accounts need from a store."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection

from radar_health_score.domain.portfolio.family import Parents, Relative


class FamilyRows(Protocol):
    """Reads the latest health of related accounts."""

    def below(self, connection: Connection, account_id: str) -> Sequence[Relative]:
        """Return the account itself and everything that has it above, each once, whatever circles there are."""
        ...

    def above(self, connection: Connection, account_id: str) -> Parents:
        """Return the parents that were told of the account and of everything above it."""
        ...
