"""Scans the last 56 days of use of all accounts, or of those that ever used one feature.

Rows are read for CHUNK accounts at a time and forgotten, so memory holds one chunk and the sums.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Connection

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_health_score.domain.account.facts import WINDOW_DAYS
from radar_health_score.domain.contracts.revenue import arr_on
from radar_health_score.domain.contracts.terms import OVERDUE_GRACE, arr_of, due_between
from radar_health_score.domain.history.account_state import UNNAMED
from radar_health_score.domain.portfolio.feature_use import (
    NOTHING,
    SCANNED_DAYS,
    AccountUse,
    FeatureSums,
    account_use,
    only_key_feature,
)
from radar_health_score.domain.workspace.exchange import Amounts, Rates
from radar_health_score.domain.workspace.workspace_days import from_micros
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.state.account_records import AccountRecordsReader

CHUNK: Final = 200
DUE_WITHIN: Final = timedelta(days=90)
Names = dict[int, dict[int, str]]


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """Sums by feature, and what they are measured against: ``age_days`` is for how long use is known."""

    as_of: datetime
    active_accounts: int
    age_days: int
    features: dict[str, FeatureSums]


class Behind(NamedTuple):
    """The ARR of an account by currency, and what of it comes up for renewal within DUE_WITHIN."""

    arr: Amounts
    due: Amounts


class Touched(NamedTuple):
    """An account that used a feature in the window: ``arr`` by currency, ``last_at`` in microseconds.

    ``only_key``: it used no other key feature.
    """

    account_no: int
    account_id: str
    users: int
    uses: int
    last_at: int
    arr: Amounts
    arr_due: Amounts
    only_key: bool


NO_ARR: Final = Behind(NOTHING, NOTHING)


@dataclass(frozen=True, kw_only=True)
class ScannedFeature:
    """One feature's sums (as the only one of ``scanned``) and every account it touches, most ARR first."""

    scanned: Scanned
    touched: Sequence[Touched]


@dataclass(frozen=True, kw_only=True)
class FeatureScan:
    """Reads how features are used now."""

    database: Database
    rows: FactRows
    scan: ScanRows
    records: AccountRecordsReader
    rates: Rates
    clock: Clock
    is_key: Callable[[str], bool]

    def every(self) -> Scanned:
        """Return the sums of every named feature there ever was."""
        now = self.clock.now()
        with self.database.reading() as connection:
            scanned = self._begin(connection, now)
            after = 0
            while numbers := self.scan.account_nos(connection, after, CHUNK):
                after = numbers[-1]
                names = self._names(connection, numbers)
                for name in {name for mine in names.values() for name in mine.values()}:
                    scanned.features.setdefault(name, FeatureSums())
                for _, uses, behind in self._used(connection, names, now):
                    only = only_key_feature(uses, self.is_key)
                    for name, use in uses.items():
                        scanned.features[name].add(use, behind.arr, behind.due, only_key=name == only)
        return scanned

    def one(self, feature: str) -> ScannedFeature | None:
        """Return one feature's sums and the accounts it touches; None where nobody ever used it."""
        now, touched, after = self.clock.now(), list[Touched](), 0
        with self.database.reading() as connection:
            scanned = self._begin(connection, now)
            while holders := self.scan.holders(connection, feature, after, CHUNK):
                after = holders[-1].account_no
                sums = scanned.features.setdefault(feature, FeatureSums())
                names = self._names(connection, [one.account_no for one in holders], feature)
                ids = {one.account_no: one.account_id for one in self.rows.accounts(connection, names)}
                for no, uses, behind in self._used(connection, names, now):
                    use = uses.get(feature)
                    if use is None:
                        continue
                    only = only_key_feature(uses, self.is_key) == feature
                    sums.add(use, *behind, only_key=only)
                    if use.uses > 0:
                        touched.append(
                            Touched(no, ids[no], use.users(), use.uses, use.last_at, *behind, only)
                        )
        touched.sort(key=_by_arr)
        return ScannedFeature(scanned=scanned, touched=touched) if scanned.features else None

    def _begin(self, connection: Connection, now: datetime) -> Scanned:
        through = self.records.days.through(now)
        active, first_at = self.scan.activity(connection, through - WINDOW_DAYS + 1)
        first = through + 1 if first_at is None else self.records.days.day_of(from_micros(first_at))
        return Scanned(as_of=now, active_accounts=active, age_days=through - first + 1, features={})

    def _names(self, connection: Connection, numbers: Sequence[int], only: str | None = None) -> Names:
        """Return the names of features by account and number; ``only``: of this one, and of key features."""
        names: Names = {}
        for row in self.rows.features(connection, numbers):
            wanted = only is None or row.name == only or self.is_key(row.name)
            if wanted and row.name not in UNNAMED:
                names.setdefault(row.account_no, {})[row.feature_no] = row.name
        return names

    def _used(
        self, connection: Connection, names: Names, now: datetime
    ) -> Iterator[tuple[int, dict[str, AccountUse], Behind]]:
        """Yield (number, use by feature, what stands behind it) of the accounts with any use of these features."""
        through = self.records.days.through(now)
        days: defaultdict[int, list[tuple[int, bytes]]] = defaultdict(list)
        for row in self.rows.tallies(connection, names, from_day=through - SCANNED_DAYS + 1):
            days[row.account_no].append((row.day, row.tally))
        behind = self._behind(connection, sorted(days), now)
        for no, stored in days.items():
            if uses := account_use(stored, names[no], through):
                yield no, uses, behind.get(no, NO_ARR)

    def _behind(self, connection: Connection, numbers: Sequence[int], now: datetime) -> dict[int, Behind]:
        found: dict[int, Behind] = {}
        for no, facts in self.records.read(connection, numbers, now):
            today = facts.through
            due = due_between(facts.contracts, today, today - OVERDUE_GRACE, today + DUE_WITHIN)
            arr = arr_on(facts.contracts, self.rates, today)
            found[no] = Behind(arr, self.rates.total(map(arr_of, due)))
        return found


def _by_arr(one: Touched) -> tuple[float, int, int]:
    return -max(one.arr.values(), default=0.0), -one.uses, one.account_no
