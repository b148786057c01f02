"""Builds what a metric may see: from current rows where nothing counts later than asked, else from history.

The current rows are the cheap way: a bounded window of days, users as they stand, attributes as merged. They are
exact for every moment at or after the last thing that counted. For any earlier moment history is walked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from radar_chassis.contracts.event_record import decode_data
from radar_health_score.domain.account_state import AccountState, DayRow, IsKeyFeature
from radar_health_score.domain.attributes import EVENT_TYPE_OF, Patch, decode_state
from radar_health_score.domain.day_tally import DayTally
from radar_health_score.domain.facts import USAGE_DAYS, AccountFacts
from radar_health_score.domain.history import History
from radar_health_score.domain.workspace_days import WorkspaceDays, to_micros
from radar_health_score.service.fact_ports import FactRows, PatchRow
from radar_health_score.service.fold_ports import AccountRow
from radar_health_score.service.numbering import user_days

R = TypeVar("R", bound=tuple[object, ...])


class Known(NamedTuple):
    """An account and the facts about it."""

    account: AccountRow
    facts: AccountFacts


class FactsReader:
    """Reads accounts' facts as of a moment.

    Args:
        is_key: whether a feature's name is that of a key feature.
    """

    def __init__(self, rows: FactRows, days: WorkspaceDays, is_key: IsKeyFeature) -> None:
        self._rows = rows
        self.days = days
        self._is_key = is_key

    def read(self, connection: Connection, account_nos: Sequence[int], as_of: datetime) -> Iterator[Known]:
        """Yield the facts of each of these accounts as of ``as_of``; those that don't exist are left out."""
        through = self.days.through(as_of)
        now: list[AccountRow] = []
        past: list[AccountRow] = []
        for account in self._rows.accounts(connection, account_nos):
            (now if covers(account, through, as_of) else past).append(account)
        yield from self._current(connection, now, as_of, through)
        for account in past:
            history = self.history(connection, account)
            yield Known(account, history.facts(as_of, through, self._is_key))

    def find(self, connection: Connection, account_id: str) -> AccountRow | None:
        """Return an account's row."""
        return self._rows.find(connection, account_id)

    def walk(
        self, connection: Connection, account: AccountRow, moments: Iterable[datetime]
    ) -> Iterator[AccountFacts]:
        """Yield the facts at each of ``moments`` (ascending)."""
        history = self.history(connection, account)
        for moment in moments:
            yield history.facts(moment, self.days.through(moment), self._is_key)

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
            patches=[_patch(row) for row in self._rows.patches(connection, nos)],
        )

    def _current(
        self, connection: Connection, accounts: Sequence[AccountRow], as_of: datetime, through: int
    ) -> Iterator[Known]:
        nos = [account.account_no for account in accounts]
        first_day = through - USAGE_DAYS + 1
        asleep = [
            (one.account_no, one.last_day) for one in accounts if (one.last_day or first_day) < first_day
        ]
        tallies = _by_account(self._rows.tallies(connection, nos, from_day=first_day))
        last_tallies = _by_account(
            self._rows.tallies_of_days(connection, [(no, day) for no, day in asleep if day is not None])
        )
        features = _by_account(self._rows.features(connection, nos))
        users = _by_account(self._rows.users(connection, nos))
        entities = _by_account(self._rows.entities(connection, nos))
        for account in accounts:
            no = account.account_no
            state = AccountState(account.account_id, {row.feature_no: row.name for row in features[no]})
            for tally in (*last_tallies[no], *tallies[no]):
                state.add_usage(tally.day, DayTally.decode(tally.tally))
            state.first_at = account.first_at
            state.users = {row.user_id: user_days(row) for row in users[no]}
            for row in entities[no]:
                state.entities.setdefault(row.kind, {})[row.entity_id] = decode_state(row.state)
            yield Known(account, state.facts(as_of, through, self._is_key))


def covers(account: AccountRow, through: int, as_of: datetime) -> bool:
    """Return whether the account's current rows hold nothing that counts only after this moment."""
    days = (account.last_day, account.last_known_day)
    newest = max((day for day in days if day is not None), default=through)
    return newest <= through and (account.last_patch_at is None or account.last_patch_at <= to_micros(as_of))


def _by_account(rows: Iterable[R]) -> defaultdict[object, list[R]]:
    grouped: defaultdict[object, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return grouped


def _patch(row: PatchRow) -> Patch:
    return Patch(
        kind=row.kind,
        entity_id=row.entity_id,
        valid_at=row.valid_at,
        known_at=row.known_at,
        position=row.position,
        data=decode_data(EVENT_TYPE_OF[row.kind], row.data.encode()),
    )
