"""Builds what a metric may see: from current rows where nothing counts later than asked, else from history.

The current rows are the cheap way: a bounded window of days, users as they stand, attributes as merged. They are
exact for every moment at or after the last thing that counted. For any earlier moment history is walked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from radar_chassis.errors import RadarError
from radar_health_score.domain.account.attributes import Patch, decode_state
from radar_health_score.domain.account.day_tally import DayTally
from radar_health_score.domain.account.facts import USAGE_DAYS, AccountFacts
from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.domain.account.year_use import YEAR_DAYS
from radar_health_score.domain.history.account_state import AccountState, DayRow, IsKeyFeature
from radar_health_score.domain.history.next_change import day_after, earlier_of
from radar_health_score.domain.history.past_facts import History
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, from_micros, to_micros
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.service.state.account_rows import AccountRows
from radar_health_score.service.state.inactive_users_cache import InactiveUsersCache
from radar_health_score.service.state.numbering import user_days
from radar_health_score.service.state.older_days import OlderDays
from radar_health_score.service.state.present_state import PresentStateReader

R = TypeVar("R", bound=tuple[object, ...])
MomentAndDay = tuple[datetime, int]
Acts = defaultdict[int, list[OverrideAct]]
CLOCK_TOLERANCE: Final = timedelta(seconds=5)
_UNBOUNDED: Final[Mapping[int, datetime]] = MappingProxyType({})


class KnownFacts(NamedTuple):
    """An account, its facts, and the next moment at which something already known begins to count."""

    account: AccountRow
    facts: AccountFacts
    next_change_at: datetime | None = None


Unreadable = Callable[[AccountRow, Exception], None]


def raise_error(_: AccountRow, error: Exception) -> None:
    """Let the whole question fail because one account can't be read."""
    raise error


class FactsReader:
    """Reads accounts' facts as of a moment.

    Args:
        is_key: whether a feature's name is that of a key feature.
        inactive: where given, inactive users are counted instead of listed.
    """

    def __init__(
        self,
        rows: FactRows,
        days: WorkspaceDays,
        is_key: IsKeyFeature,
        inactive: InactiveUsersCache | None = None,
    ) -> None:
        self._rows = rows
        self.days = days
        self._is_key = is_key
        self._inactive = inactive

    def counting(self, inactive: InactiveUsersCache) -> "FactsReader":
        """Return a reader of the same facts that counts inactive users, for callers that need no names."""
        return FactsReader(self._rows, self.days, self._is_key, inactive)

    def judging(self, is_key: IsKeyFeature) -> "FactsReader":
        """Return a reader of the same facts with other key features."""
        return FactsReader(self._rows, self.days, is_key)

    def read_now(
        self,
        connection: Connection,
        account_nos: Sequence[int],
        now: datetime,
        not_before: Mapping[int, datetime] = _UNBOUNDED,
        unreadable: Unreadable = raise_error,
    ) -> Iterator[KnownFacts]:
        """Yield the facts of these accounts as of now; those that don't exist are left out.

        ``unreadable`` is told of an account whose stored facts can't be read, which is left out too.

        A sender's clock may run a little ahead of ours: up to CLOCK_TOLERANCE the account's own newest mark is
        now. ``not_before`` keeps an account's answers from stepping back in time.
        """
        at: dict[int, datetime] = {}
        accounts = self._rows.accounts(connection, account_nos)
        acts = self._overrides(connection, accounts)
        for account in accounts:
            newest = from_micros(account.last_patch_at) if account.last_patch_at is not None else now
            told = (act.known_at for act in acts[account.account_no])
            marks = (now, newest, not_before.get(account.account_no, now), *told)
            at[account.account_no] = max(mark for mark in marks if mark <= now + CLOCK_TOLERANCE)
        moments = {no: (as_of, self.days.through(as_of)) for no, as_of in at.items()}
        for known in self._read(connection, accounts, moments, acts, unreadable):
            no = known.account.account_no
            told_later = min((act.known_at for act in acts[no] if act.known_at > at[no]), default=None)
            yield known._replace(next_change_at=earlier_of(known.next_change_at, told_later))

    def read_at(
        self, connection: Connection, account: AccountRow, as_of: datetime, *, through: int | None = None
    ) -> AccountFacts:
        """Return the facts of one account as of any moment; use counts through the day ``through``."""
        last = self.days.through(as_of) if through is None else through
        acts = self._overrides(connection, [account])
        moments = {account.account_no: (as_of, last)}
        (known,) = self._read(connection, [account], moments, acts, raise_error)
        return known.facts

    def _read(
        self,
        connection: Connection,
        accounts: Sequence[AccountRow],
        moments: Mapping[int, MomentAndDay],
        acts: Acts,
        unreadable: Unreadable,
    ) -> Iterator[KnownFacts]:
        covered = [one for one in accounts if covers(one, *moments[one.account_no])]
        behind = [one for one in accounts if not covers(one, *moments[one.account_no])]
        if covered:
            yield from _each(covered, self._current(connection, covered, moments, acts), unreadable)
        yield from _each(
            behind,
            lambda account: self._behind(connection, account, moments[account.account_no], acts),
            unreadable,
        )

    def _behind(
        self, connection: Connection, account: AccountRow, moment: MomentAndDay, acts: Acts
    ) -> KnownFacts:
        """Return the facts of an account of whom more is known than counts at the moment."""
        as_of, through = moment
        told = [row.patch() for row in self._rows.patches(connection, [account.account_no])]
        next_change_at = PresentStateReader(
            rows=self._rows, connection=connection, days=self.days, account=account, through=through
        )
        state = next_change_at.state(patch for patch in told if patch.counts_from <= to_micros(as_of))
        counts_at = self._counts_at(account, told, moment)
        if state is None:
            history = self.history(connection, account)
            return KnownFacts(account, history.facts(as_of, through, self._is_key), counts_at)
        state.overrides = acts[account.account_no]
        return KnownFacts(account, state.facts(as_of, through, self._is_key), counts_at)

    def _counts_at(self, account: AccountRow, told: Iterable[Patch], moment: MomentAndDay) -> datetime | None:
        """Return when the next of what doesn't count at the moment does; of use it is looked for day by day."""
        as_of, through = to_micros(moment[0]), moment[1]
        later = min((one.counts_from for one in told if one.counts_from > as_of), default=None)
        used = max(account.last_day or 0, account.last_known_day or 0) > through
        return earlier_of(
            None if later is None else from_micros(later), day_after(through, self.days) if used else None
        )

    def _overrides(self, connection: Connection, accounts: Iterable[AccountRow]) -> Acts:
        acts: Acts = defaultdict(list)
        for account_no, act in self._rows.overrides(connection, [one.account_no for one in accounts]):
            acts[account_no].append(act)
        return acts

    def accounts(self, connection: Connection, account_nos: Sequence[int]) -> Sequence[AccountRow]:
        """Return the rows of these accounts."""
        return self._rows.accounts(connection, account_nos)

    def find(self, connection: Connection, account_id: str) -> AccountRow | None:
        """Return an account's row."""
        return self._rows.find(connection, account_id)

    def walk(
        self, connection: Connection, account: AccountRow, moments: Iterable[datetime]
    ) -> Iterator[AccountFacts]:
        """Yield the facts at each of ``moments`` (ascending)."""
        history = self.history(connection, account)
        for moment in moments:
            yield self.step(history, moment)

    def step(self, history: History, moment: datetime) -> AccountFacts:
        """Return the facts at ``moment``; each step must go further than the one before."""
        return history.facts(moment, self.days.through(moment), self._is_key)

    def history(self, connection: Connection, account: AccountRow) -> History:
        """Return the whole history of an account."""
        nos = [account.account_no]
        return History(
            account.account_id,
            features={row.feature_no: row.name for row in self._rows.features(connection, nos)},
            users={row.user_no: row.user_id for row in self._rows.users(connection, nos)},
            rows=[
                DayRow(row.day, row.known_day, DayTally.decode(row.tally))
                for row in self._rows.tallies(connection, nos)
            ],
            patches=[row.patch() for row in self._rows.patches(connection, nos)],
            overrides=[act for _, act in self._rows.overrides(connection, nos)],
            days=self.days,
        )

    def _current(
        self,
        connection: Connection,
        accounts: Sequence[AccountRow],
        moments: Mapping[int, MomentAndDay],
        acts: Acts,
    ) -> Callable[[AccountRow], KnownFacts]:
        """Read the current rows of ``accounts`` at once; return what makes one account's facts of them."""
        nos = [account.account_no for account in accounts]
        earliest = min(moments[no][1] for no in nos) + 1
        first_day, year_start = earliest - USAGE_DAYS, earliest - YEAR_DAYS
        asleep = [
            (one.account_no, one.last_day) for one in accounts if (one.last_day or first_day) < first_day
        ]
        older = OlderDays(self._rows, connection, nos, year_start, first_day)
        tallies = by_account(self._rows.tallies(connection, nos, from_day=first_day))
        last_tallies = by_account(
            self._rows.tallies_of_days(connection, [(no, day) for no, day in asleep if day is not None])
        )
        features = by_account(self._rows.features(connection, nos))
        told = AccountRows(self._rows, connection, accounts, {no: moments[no] for no in nos}, self._inactive)

        def known(account: AccountRow) -> KnownFacts:
            no = account.account_no
            names = {row.feature_no: row.name for row in features[no]}
            state = AccountState(account.account_id, names, self.days)
            for tally in (*last_tallies[no], *tallies[no]):
                state.add_stored(tally.day, tally.tally)
            older.add_to(state, no)
            state.first_at = account.first_at
            state.overrides, state.expired_kinds = acts[no], told.expired_kinds[no]
            state.users = {row.user_id: user_days(row) for row in told.users[no]}
            for row in told.entities[no]:
                state.entities.setdefault(row.kind, {})[row.entity_id] = decode_state(row.state)
            return KnownFacts(account, told.completed(no, state.facts(*moments[no], self._is_key)))

        return known


def _each(
    accounts: Iterable[AccountRow], read: Callable[[AccountRow], KnownFacts], unreadable: Unreadable
) -> Iterator[KnownFacts]:
    """Yield what is known of each account; one whose facts can't be read is left out alone."""
    for account in accounts:
        try:
            known = read(account)
        except (RadarError, SQLAlchemyError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, ``unreadable`` decides what becomes of it
            unreadable(account, error)
        else:
            yield known


def covers(account: AccountRow, as_of: datetime, through: int) -> bool:
    """Return whether the account's current rows hold nothing that counts only after this moment."""
    days = (account.last_day, account.last_known_day)
    newest = max((day for day in days if day is not None), default=through)
    return newest <= through and (account.last_patch_at is None or account.last_patch_at <= to_micros(as_of))


def by_account(rows: Iterable[R]) -> defaultdict[object, list[R]]:
    """Return rows by the account's number, which comes first in each."""
    grouped: defaultdict[object, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return grouped
