"""Folds a batch's use (logins, features, sessions) in memory: few tallies out of many events."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection

from radar_chassis.contracts.events import FeatureUsed, Login, SessionEnded
from radar_health_score.domain.account_state import UserDays
from radar_health_score.domain.day_tally import NO_USER, DayTally
from radar_health_score.domain.facts import LOGIN, SESSION
from radar_health_score.domain.workspace_days import WorkspaceDays, to_micros
from radar_health_score.service.events import Event
from radar_health_score.service.fold_ports import DayKey, FoldStore, UserKey, UserRow
from radar_health_score.service.numbering import Account, encode_first_use

USE: Final = frozenset({"login", "feature_used", "session_ended"})


class UseFold:
    """One batch's use. ``users`` holds every user that the batch names."""

    def __init__(self, days: WorkspaceDays, users: dict[UserKey, UserDays]) -> None:
        self._day_of = days.day_of
        self._users = users
        self._tallies: dict[DayKey, DayTally] = {}
        self._accounts: dict[int, Account] = {}
        self.changed_users: dict[UserKey, UserDays] = {}

    def add(self, account: Account, event: Event) -> None:
        """Count one event."""
        record = event.record
        name, uses, seconds = _use(event)
        occurred_at = record.occurred_at
        day = self._day_of(occurred_at)
        at = to_micros(occurred_at)
        feature = account.features.get(name)
        if feature is None:
            feature = account.feature(name)
        user_no = NO_USER
        if record.user_id is not None:
            key = (account.no, record.user_id)
            user = self._users[key]
            user_no = user.number
            if user.see(feature, day):
                self.changed_users[key] = user
        where = (account.no, day, self._day_of(record.known_at))
        tally = self._tallies.get(where)
        if tally is None:
            tally = self._tallies[where] = DayTally(at)
            self._accounts[account.no] = account
        tally.add(feature, user_no, uses, round(seconds * 1000), at)

    def write(self, connection: Connection, store: FoldStore) -> None:
        """Merge with what is stored and write it back; moves the accounts' marks."""
        for key, value in store.tallies(connection, self._perhaps_stored()).items():
            self._tallies[key].merge(DayTally.decode(value))
        store.save_tallies(connection, {key: tally.encode() for key, tally in self._tallies.items()})
        for (account_no, day, known_day), tally in self._tallies.items():
            self._accounts[account_no].note_use(day, known_day, tally.first_at)
        store.save_users(connection, list(_user_rows(self.changed_users)))

    def _perhaps_stored(self) -> list[DayKey]:
        """Return the keys that may have a row: not those of days that the account has never reached."""
        accounts = self._accounts
        return [
            key for key in self._tallies if (last := accounts[key[0]].last_day) is not None and key[1] <= last
        ]


def _use(event: Event) -> tuple[str, int, float]:
    data = event.data
    if isinstance(data, FeatureUsed):
        return data.feature, data.count, data.seconds
    if isinstance(data, SessionEnded):
        return SESSION, 1, data.seconds
    assert isinstance(data, Login)
    return LOGIN, 1, 0.0


def _user_rows(users: dict[UserKey, UserDays]) -> Iterable[UserRow]:
    for (account_no, user_id), user in users.items():
        yield UserRow(account_no, user_id, user.number, user.last_day, encode_first_use(user.first_use))
