"""Counts accounts by how far they have come, in one query."""

from collections.abc import Sequence
from typing import Final, cast

from sqlalchemy import Connection, func, select

from radar_health_score.repositories.funnel_records import ReachedCount
from radar_health_score.repositories.health_lists import account_conditions
from radar_health_score.repositories.list_records import AccountFilter
from radar_health_score.repositories.tables import latest_health
from radar_vocabulary.contracts.scalars import FunnelStep

_H: Final = latest_health.c


class FunnelRows:
    """Counts accounts by how far they have come."""

    def reached(self, connection: Connection, wanted: AccountFilter) -> Sequence[ReachedCount]:
        """Return counts over all accounts that are wanted, by their latest health."""
        groups = (_H.stage, _H.reached)
        query = select(*groups, func.count()).where(*account_conditions(wanted)).group_by(*groups)
        return [
            ReachedCount(stage, _steps(reached), accounts)
            for stage, reached, accounts in connection.execute(query)
        ]


def _steps(text: str | None) -> frozenset[FunnelStep] | None:
    return None if text is None else cast("frozenset[FunnelStep]", frozenset(text.split(",")))
