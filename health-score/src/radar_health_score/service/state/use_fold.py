"""Folds a batch's use (logins, features, sessions) in memory: few tallies out of many events."""

from collections.abc import Iterable

from sqlalchemy import Connection

from radar_health_score.domain.account.day_tally import NO_USER, DayTally
from radar_health_score.domain.account.facts import LOGIN, SESSION
from radar_health_score.domain.account.year_use import encode_volume, volume_of
from radar_health_score.domain.history.account_state import UserDays
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, to_micros
from radar_health_score.repositories.fold_records import DayKey, StoredTally, UserKey, UserRow
from radar_health_score.repositories.fold_store import FoldStore
from radar_health_score.service.state.events import Event
from radar_health_score.service.state.numbering import CachedAccount, PartitionCache, encode_first_use


class UseFold:
    """One batch's use."""

    def __init__(self, days: WorkspaceDays) -> None:
        self._day_of = days.day_of
        self._touched: dict[DayKey, DayTally] = {}
        self._perhaps_stored: list[DayKey] = []
        self._accounts: dict[int, CachedAccount] = {}
        self._caches: dict[int, PartitionCache] = {}
        self.changed_users: dict[UserKey, UserDays] = {}

    def add(self, cache: PartitionCache, account: CachedAccount, user: UserDays | None, event: Event) -> None:
        """Count one event of use by ``user`` (None: by nobody in particular)."""
        assert event.use is not None
        name, uses, millis = event.use
        record = event.record
        occurred_at = record.occurred_at
        day = self._day_of(occurred_at)
        feature = account.features.get(name)
        if feature is None:
            feature = account.feature(name)
        number = NO_USER
        if user is not None:
            number = user.number
            if user.see(feature, day):
                self.changed_users[account.no, record.user_id or ""] = user
        at = to_micros(occurred_at)
        where = (account.no, day, self._day_of(record.known_at))
        tally = self._touched.get(where)
        if tally is None:
            tally = self._touch(where, cache, account, at)
        tally.add(feature, number, uses, millis, at)

    def _touch(self, where: DayKey, cache: PartitionCache, account: CachedAccount, at: int) -> DayTally:
        tally = cache.tallies.get(where)
        if tally is None:
            tally = DayTally(at)
            # A day that the account has never reached has no row yet.
            if account.last_day is not None and where[1] <= account.last_day:
                self._perhaps_stored.append(where)
        self._touched[where] = tally
        self._accounts[account.no] = account
        self._caches[account.no] = cache
        return tally

    def write(self, connection: Connection, store: FoldStore) -> None:
        """Merge with what is stored and write it back; moves the accounts' marks."""
        touched = self._touched
        for key, value in store.tallies(connection, self._perhaps_stored).items():
            touched[key].merge(DayTally.decode(value))
        store.save_tallies(connection, {key: self._stored(key, tally) for key, tally in touched.items()})
        for key, tally in touched.items():
            account_no, day, known_day = key
            self._accounts[account_no].note_use(day, known_day, tally.first_at)
            self._caches[account_no].tallies[key] = tally
        store.save_users(connection, list(_user_rows(self.changed_users)))

    def _stored(self, key: DayKey, tally: DayTally) -> StoredTally:
        features = self._accounts[key[0]].features
        session = features.get(SESSION)
        unnamed = {number for number in (features.get(LOGIN), session) if number is not None}
        return StoredTally(tally.encode(), encode_volume(volume_of(tally, unnamed, session)))


def _user_rows(users: dict[UserKey, UserDays]) -> Iterable[UserRow]:
    for (account_no, user_id), user in users.items():
        yield UserRow(account_no, user_id, user.number, user.last_day, encode_first_use(user.first_use))
