"""Reads the fold's tables by account."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.domain.history.expired_entities import PASSING_KINDS
from radar_health_score.domain.workspace.workspace_days import from_micros
from radar_health_score.repositories.bulk import Bulk
from radar_health_score.repositories.fact_records import EntityRow, PatchRow, TallyRow, VolumeRow
from radar_health_score.repositories.fold_records import AccountRow, FeatureRow, UserRow
from radar_health_score.repositories.shapes import (
    ACCOUNTS,
    ACCOUNTS_BY_ID,
    DAY_USE_OF_ACCOUNT,
    DAY_USE_OF_DAY,
    DAY_VOLUME_OF_ACCOUNT,
    ENTITIES,
    ENTITIES_BY_REST,
    ENTITIES_OF_KIND,
    FEATURES,
    OVERRIDES_OF_ACCOUNT,
    PATCHES_OF_ACCOUNT,
    USERS_BY_DAY,
    USERS_OF_ACCOUNT,
)
from radar_vocabulary.contracts.scalars import Band


class FactRows:
    """Reads what the fold has written."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk

    def find(self, connection: Connection, account_id: str) -> AccountRow | None:
        """Return one account's row."""
        found = self._bulk.fetch(connection, ACCOUNTS_BY_ID, [(account_id,)])
        return next((AccountRow(no, name, *rest) for name, no, *rest in found), None)

    def accounts(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[AccountRow]:
        """Return these accounts' rows."""
        return list(map(AccountRow._make, self._bulk.fetch(connection, ACCOUNTS, _keys(account_nos))))

    def features(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[FeatureRow]:
        """Return every feature of these accounts."""
        return list(map(FeatureRow._make, self._bulk.fetch(connection, FEATURES, _keys(account_nos))))

    def users(
        self, connection: Connection, account_nos: Iterable[int], *, from_day: int | None = None
    ) -> Sequence[UserRow]:
        """Return every user of these accounts, or those who were there on a day or after it, or never."""
        if from_day is None:
            return list(
                map(UserRow._make, self._bulk.fetch(connection, USERS_OF_ACCOUNT, _keys(account_nos)))
            )
        rows = self._bulk.fetch(connection, USERS_BY_DAY, _keys(account_nos), at_least=from_day)
        return [
            UserRow(no, user_id, user_no, last_day, first_use)
            for no, last_day, user_id, user_no, first_use in rows
        ]

    def tallies(
        self, connection: Connection, account_nos: Iterable[int], *, from_day: int | None = None
    ) -> Sequence[TallyRow]:
        """Return the tallies of these accounts, of all time or from a day on."""
        rows = self._bulk.fetch(connection, DAY_USE_OF_ACCOUNT, _keys(account_nos), at_least=from_day)
        return list(map(TallyRow._make, rows))

    def volumes(
        self, connection: Connection, account_nos: Iterable[int], from_day: int
    ) -> Sequence[VolumeRow]:
        """Return the volumes of these accounts' tallies from a day on."""
        rows = self._bulk.fetch(connection, DAY_VOLUME_OF_ACCOUNT, _keys(account_nos), at_least=from_day)
        return list(map(VolumeRow._make, rows))

    def tallies_of_days(self, connection: Connection, days: Iterable[tuple[int, int]]) -> Sequence[TallyRow]:
        """Return the tallies of these (account, day) pairs."""
        return list(map(TallyRow._make, self._bulk.fetch(connection, DAY_USE_OF_DAY, list(days))))

    def entities(
        self, connection: Connection, kinds: Iterable[tuple[int, str]], as_of: int
    ) -> Sequence[EntityRow]:
        """Return the current state of everything of these (account, kind) that doesn't rest by then (microseconds)."""
        kinds = list(kinds)
        lasting = [one for one in kinds if one[1] not in PASSING_KINDS]
        passing = [one for one in kinds if one[1] in PASSING_KINDS]
        found = list(map(EntityRow._make, self._bulk.fetch(connection, ENTITIES_OF_KIND, lasting)))
        seen = self._bulk.fetch(connection, ENTITIES_BY_REST, passing, at_least=as_of + 1)
        return found + [EntityRow(no, kind, entity_id, state) for no, kind, _, entity_id, state in seen]

    def expired_kinds(
        self, connection: Connection, kinds: Iterable[tuple[int, str]], as_of: int
    ) -> Iterable[tuple[int, str]]:
        """Return those of these (account, kind) of which something rests by then."""
        found = self._bulk.having(connection, ENTITIES_BY_REST, list(kinds), at_most=as_of)
        return [(no, kind) for no, kind in found]

    def entities_by_id(
        self, connection: Connection, things: Iterable[tuple[int, str, str]]
    ) -> Sequence[EntityRow]:
        """Return the current state of these (account, kind, id), as far as they exist."""
        return list(map(EntityRow._make, self._bulk.fetch(connection, ENTITIES, list(things))))

    def overrides(
        self, connection: Connection, account_nos: Iterable[int]
    ) -> Sequence[tuple[int, OverrideAct]]:
        """Return (account number, act) of whatever people have set on these accounts, the first act first."""
        rows = self._bulk.fetch(connection, OVERRIDES_OF_ACCOUNT, _keys(account_nos))
        return [(no, _override(*row)) for no, *row in sorted(rows, key=lambda row: row[:2])]

    def patches(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[PatchRow]:
        """Return the history of attributes of these accounts."""
        return list(map(PatchRow._make, self._bulk.fetch(connection, PATCHES_OF_ACCOUNT, _keys(account_nos))))


def _override(
    number: int,
    known_at: int,
    valid_from: int,
    expires_at: int | None,
    band: Band | None,
    score: float | None,
    author: str,
    reason: str,
) -> OverrideAct:
    return OverrideAct(
        number=number,
        known_at=from_micros(known_at),
        valid_from=from_micros(valid_from),
        expires_at=None if expires_at is None else from_micros(expires_at),
        band=band,
        score=score,
        author=author,
        reason=reason,
    )


def _keys(account_nos: Iterable[int]) -> list[tuple[int]]:
    return [(no,) for no in account_nos]
