"""Accounts with facts that count only later: a sender's clock runs ahead, or an event names a later day.

Their current rows hold too much for now. Days and attribute events show what to leave out, so the whole history needn't
be walked at every score until then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyroaring import BitMap
from sqlalchemy import Connection

from radar_health_score.domain.account.attributes import Patch, State, fold
from radar_health_score.domain.account.day_tally import stored_day
from radar_health_score.domain.account.facts import USAGE_DAYS
from radar_health_score.domain.account.year_use import YEAR_DAYS
from radar_health_score.domain.history.account_state import AccountState, UserDays
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, from_micros
from radar_health_score.repositories.fact_records import TallyRow
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.service.state.numbering import user_days

_USER: Final = "user"


@dataclass(frozen=True, kw_only=True)
class PresentStateReader:
    """Reads one account as of the end of the day ``through``; ``days`` cut it."""

    rows: FactRows
    connection: Connection
    days: WorkspaceDays
    account: AccountRow
    through: int

    def state(self, patches: Iterable[Patch]) -> AccountState | None:
        """Return the state without what happens later, ``patches`` being those that count by now.

        None where only the whole history can tell: something became known later, or the last use is long past.
        """
        account, through = self.account, self.through
        if account.last_known_day is not None and account.last_known_day > through:
            return None
        nos = [account.account_no]
        tallies = sorted(self.rows.tallies(self.connection, nos, from_day=through - YEAR_DAYS + 1))
        past = [row for row in tallies if row.day <= through]
        users = {row.user_id: user_days(row) for row in self.rows.users(self.connection, nos)}
        later = BitMap.union(BitMap(), *(_users(row) for row in tallies if row.day > through))
        if not _set_back([one for one in users.values() if one.number in later], past, through):
            return None
        began = account.first_at is not None and self.days.day_of(from_micros(account.first_at)) <= through
        if began and not past:
            return None
        return self._state(past, users, fold(patches), began=began)

    def _state(
        self,
        past: Sequence[TallyRow],
        users: Mapping[str, UserDays],
        told: Mapping[tuple[str, str], State],
        *,
        began: bool,
    ) -> AccountState:
        account = self.account
        names = {
            row.feature_no: row.name for row in self.rows.features(self.connection, [account.account_no])
        }
        state = AccountState(account.account_id, names, self.days)
        since = self.through - USAGE_DAYS + 1
        older: dict[int, list[bytes]] = {}
        for row in past:
            if row.day < since:
                older.setdefault(row.day, []).append(row.tally)
        for day, values in older.items():
            state.add_older(day, values)
        last = past[-1].day if past else 0
        for row in past:
            if row.day >= min(since, last):
                state.add_stored(row.day, row.tally)
        state.first_at = account.first_at if began else None
        for (kind, entity_id), entity in told.items():
            state.entities.setdefault(kind, {})[entity_id] = entity
        state.users = {
            user_id: user for user_id, user in users.items() if user.first_use or (_USER, user_id) in told
        }
        return state


def _set_back(users: Iterable[UserDays], past: Sequence[TallyRow], through: int) -> bool:
    """Take what happens later out of the days of ``users``; False where ``past`` doesn't tell their last day."""
    missing: dict[int, UserDays] = {}
    for user in users:
        user.first_use = {feature: day for feature, day in user.first_use.items() if day <= through}
        user.last_day = None
        if user.first_use:
            missing[user.number] = user
    for row in reversed(past):
        if not missing:
            break
        for number in _users(row) & BitMap(missing):
            missing.pop(number).last_day = row.day
    return not missing


def _users(row: TallyRow) -> BitMap:
    return BitMap.deserialize(stored_day(row.tally).users)
