"""What is done now and then: gauges for Prometheus, ids past the window forgotten."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from prometheus_client import Gauge

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_health_score.repositories.fold_store import FoldStore
from radar_health_score.repositories.health_lists import HealthLists
from radar_health_score.repositories.unscorable_accounts import UnscorableAccounts
from radar_health_score.series import ARR_AT_RISK, SCORES, UNSCORABLE
from radar_health_score.service.queries.totals import CURRENT

WEEKS_KEPT: Final = 3


@dataclass(frozen=True, kw_only=True)
class Gauges:
    """Shows current accounts by band, ARR at risk, and who can't be scored, for the partitions that are ours."""

    database: Database
    lists: HealthLists
    unscorable: UnscorableAccounts
    owned: Callable[[], frozenset[int]]

    def __call__(self) -> None:
        """Measure once."""
        partitions = self.owned()
        with self.database.reading() as connection:
            counts = self.lists.counts(connection, partitions) if partitions else ()
            UNSCORABLE.set(self.unscorable.count(connection, partitions) if partitions else 0)
        scores: dict[tuple[str, ...], float] = defaultdict(float)
        at_risk: dict[tuple[str, ...], float] = defaultdict(float)
        for one in (count for count in counts if count.standing in CURRENT):
            scores[one.band, one.segment] += one.accounts
            if one.currency is not None:
                at_risk[one.segment, one.currency] += one.arr_at_risk
        _show(SCORES, scores)
        _show(ARR_AT_RISK, at_risk)


@dataclass(frozen=True, kw_only=True)
class DeleteOldIds:
    """Forgets event ids: this week and WEEKS_KEPT before it are kept, well over the promised seven days."""

    database: Database
    seen: FoldStore
    clock: Clock

    def __call__(self) -> None:
        """Forget once."""
        before = (self.clock.now().toordinal() - 1) // 7 - WEEKS_KEPT
        self.database.run(lambda connection: self.seen.drop_weeks(connection, before))


def _show(gauge: Gauge, values: Mapping[tuple[str, ...], float]) -> None:
    """Set every value, then drop what is gone: a scrape in between never sees a part of the whole."""
    for labels, value in values.items():
        gauge.labels(*labels).set(value)
    shown = {tuple(sample.labels.values()) for family in gauge.collect() for sample in family.samples}
    for labels in shown - values.keys():
        gauge.remove(*labels)
