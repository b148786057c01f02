"""What the funnel needs from a store."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from radar_health_score.service.queries.list_ports import AccountFilter
from radar_vocabulary.contracts.scalars import FunnelStep, Stage


class ReachedCount(NamedTuple):
    """How many accounts are in a stage and have reached these steps; None: not scored since there are any."""

    stage: Stage | None
    reached: frozenset[FunnelStep] | None
    accounts: int


class FunnelRows(Protocol):
    """Counts accounts by how far they have come."""

    def reached(self, connection: Connection, wanted: AccountFilter) -> Sequence[ReachedCount]:
        """Return counts over all accounts that are wanted, by their latest health."""
        ...
