"""What is done now and then: gauges for Prometheus, ids past the window forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from sqlalchemy import Connection

from radar_chassis.clock import Clock
from radar_chassis.metrics import ARR_AT_RISK, SCORES
from radar_chassis.store.database import Database
from radar_health_score.service.list_ports import HealthLists
from radar_health_score.service.queries.totals import CURRENT

WEEKS_KEPT: Final = 3


class SeenIds(Protocol):
    """Where counted ids are remembered."""

    def drop_weeks(self, connection: Connection, before: int) -> int:
        """Forget the weeks before ``before``; return how many there were."""
        ...


@dataclass(frozen=True, kw_only=True)
class Gauges:
    """Shows current accounts by band and ARR at risk, for the partitions that are ours."""

    database: Database
    lists: HealthLists
    owned: Callable[[], frozenset[int]]

    def __call__(self) -> None:
        """Measure once."""
        partitions = self.owned()
        with self.database.reading() as connection:
            counts = self.lists.counts(connection, partitions) if partitions else ()
        SCORES.clear()
        ARR_AT_RISK.clear()
        for one in (count for count in counts if count.standing in CURRENT):
            SCORES.labels(one.band, one.segment).inc(one.accounts)
            if one.currency is not None:
                ARR_AT_RISK.labels(one.segment, one.currency).inc(one.arr_at_risk)


@dataclass(frozen=True, kw_only=True)
class Forgetting:
    """Forgets event ids: this week and WEEKS_KEPT before it are kept, well over the promised seven days."""

    database: Database
    seen: SeenIds
    clock: Clock

    def __call__(self) -> None:
        """Forget once."""
        before = (self.clock.now().toordinal() - 1) // 7 - WEEKS_KEPT
        self.database.run(lambda connection: self.seen.drop_weeks(connection, before))
