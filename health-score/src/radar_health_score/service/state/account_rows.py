"""Users of accounts, and attributes of users and accounts: all of them, or without inactive users."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import Connection

from radar_health_score.domain.account.attributes import KIND_OF
from radar_health_score.domain.account.facts import AccountFacts, Contract
from radar_health_score.domain.account.inactive_users import InactiveUsers, inactive_users
from radar_health_score.domain.contracts.contract_terms import KINDS_OF_TERMS
from radar_health_score.domain.history.expired_entities import PASSING_KINDS
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.repositories.fact_records import EntityRow
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.fold_records import AccountRow, UserRow
from radar_health_score.service.state.inactive_users_cache import InactiveUsersCache
from radar_health_score.service.state.known_terms import KnownTerms, fingerprint, terms_rows

R = TypeVar("R", bound=tuple[object, ...])
_USER: Final = "user"
_OTHERS: Final = tuple(kind for kind in dict.fromkeys(KIND_OF.values()) if kind != _USER)


class AccountRows:
    """The rows of ``accounts``, read at once; ``moments`` are the as-of moment and the last day that counts for each.

    ``expired_kinds``: kinds of which some have expired and weren't read.

    Users that ``inactive`` knows aren't read; where they were read, it keeps their count.
    """

    def __init__(
        self,
        rows: FactRows,
        connection: Connection,
        accounts: Sequence[AccountRow],
        moments: Mapping[int, tuple[datetime, int]],
        inactive: InactiveUsersCache | None,
    ) -> None:
        self._rows = rows
        self._connection = connection
        self._inactive = inactive
        self._generation = 0 if inactive is None else inactive.generation
        self._through = {no: through for no, (_, through) in moments.items()}
        # What rests at the earliest of the moments rests at all of them; what comes to rest between is read.
        self._as_of = min(to_micros(as_of) for as_of, _ in moments.values())
        self._known = self._counted(accounts)
        self.users: defaultdict[int, list[UserRow]] = defaultdict(list)
        self.entities: defaultdict[int, list[EntityRow]] = defaultdict(list)
        if self._known:
            self._read_recent(accounts)
        self._read_all([one.account_no for one in accounts if one.account_no not in self._known])
        self.expired_kinds: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
        of_account = [(one.account_no, kind) for one in accounts for kind in PASSING_KINDS]
        for no, kind in rows.expired_kinds(connection, of_account, self._as_of):
            self.expired_kinds[no] |= {kind}
        self._terms: dict[int, tuple[Contract, ...]] = {}
        self._untold: dict[int, tuple[bytes, int]] = {}
        if inactive is not None:
            self._recall_terms(inactive.terms)

    def completed(self, account_no: int, facts: AccountFacts) -> AccountFacts:
        """Return the facts with those who weren't read; what was read whole is remembered."""
        if account_no in self._terms:
            facts = replace(facts, contracts=self._terms[account_no])
        elif self._inactive is not None and account_no in self._untold:
            self._inactive.terms.remember(account_no, *self._untold[account_no], facts.contracts)
        return self._with_everybody(account_no, facts)

    def _with_everybody(self, account_no: int, facts: AccountFacts) -> AccountFacts:
        known = self._known.get(account_no)
        if known is not None:
            return replace(facts, people=(*facts.people, *known.listed), inactive=known.inactive)
        if self._inactive is not None:
            self._inactive.remember(
                account_no, inactive_users(facts.people, self._through[account_no]), self._generation
            )
        return facts

    def _recall_terms(self, known: KnownTerms) -> None:
        for no, rows in self.entities.items():
            telling = terms_rows(rows)
            if not telling:
                continue
            told = fingerprint(telling)
            terms = known.of(no, told)
            if terms is None:
                self._untold[no] = told, len(telling)
            else:
                self._terms[no] = terms
                self.entities[no] = [row for row in rows if row.kind not in KINDS_OF_TERMS]

    def _counted(self, accounts: Iterable[AccountRow]) -> dict[int, InactiveUsers]:
        if self._inactive is None:
            return {}
        found = {
            one.account_no: self._inactive.of(one.account_no, self._through[one.account_no])
            for one in accounts
        }
        return {no: known for no, known in found.items() if known is not None}

    def _read_recent(self, accounts: Sequence[AccountRow]) -> None:
        since = min(known.until for known in self._known.values())
        recent: defaultdict[int, list[UserRow]] = defaultdict(list)
        for row in self._rows.users(self._connection, self._known, from_day=since):
            if row.last_day is None or row.last_day >= self._known[row.account_no].until:
                recent[row.account_no].append(row)
        for account in accounts:
            known = self._known.get(account.account_no)
            if known is not None and not _fits(known, recent[account.account_no], account.next_user):
                del self._known[account.account_no]
        for no in self._known:
            self.users[no] = recent[no]
        of_account = [(no, kind) for no in self._known for kind in _OTHERS]
        of_users = [(no, _USER, user.user_id) for no in self._known for user in recent[no]]
        self._add(self._rows.entities(self._connection, of_account, self._as_of))
        self._add(self._rows.entities_by_id(self._connection, of_users))

    def _read_all(self, nos: Sequence[int]) -> None:
        if not nos:
            return
        for user in self._rows.users(self._connection, nos):
            self.users[user.account_no].append(user)
        everything = [(no, kind) for no in nos for kind in (_USER, *_OTHERS)]
        self._add(self._rows.entities(self._connection, everything, self._as_of))

    def _add(self, entities: Iterable[EntityRow]) -> None:
        for entity in entities:
            self.entities[entity.account_no].append(entity)


def _fits(known: InactiveUsers, recent: Sequence[UserRow], users: int) -> bool:
    """Return whether recent and inactive users are all users, and none is both: a fold may be in progress."""
    return len(known.numbers) + len(recent) == users and not any(
        row.user_no in known.numbers for row in recent
    )
