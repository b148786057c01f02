"""The fold's tables, through bulk statements."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Connection, LargeBinary, column, insert, table, text

from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.repositories.bulk import Bulk
from radar_health_score.repositories.fold_records import (
    AccountRow,
    DayKey,
    EntityKey,
    FeatureRow,
    NewPatch,
    StoredState,
    StoredTally,
    UserKey,
    UserRow,
)
from radar_health_score.repositories.shapes import (
    ACCOUNTS,
    ACCOUNTS_BY_ID,
    DAY_USE,
    DAY_USE_AND_VOLUME,
    ENTITIES,
    ENTITIES_AND_REST,
    FEATURES,
    NEW_ACCOUNTS,
    PATCHES_OF_ACCOUNT,
    USERS,
)

_PENDING: Final = table(
    "pending_scores",
    column("partition", BigInteger),
    column("accounts", LargeBinary),
    column("history_at", BigInteger),
)
_encoder: Final = msgspec.msgpack.Encoder()


class FoldStore:
    """Bulk reads and writes of the current state and its history."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk
        self._weeks: set[int] = set()

    def discard(self) -> None:
        """A transaction was rolled back: forget what was remembered of it."""
        self._weeks.clear()

    def claim(self, connection: Connection, week: int, ids: Sequence[bytes]) -> set[bytes]:
        """Note event ids as counted; return those that were counted before (this week or the week before)."""
        for one in {week - 1, week} - self._weeks:
            make_week(connection, one)
            self._weeks.add(one)
        return self._bulk.claim(connection, week, ids)

    def accounts(self, connection: Connection, account_ids: Iterable[str]) -> Sequence[AccountRow]:
        """Return the rows of those accounts that exist."""
        rows = self._bulk.fetch(connection, ACCOUNTS_BY_ID, [(one,) for one in account_ids])
        return [AccountRow(no, account_id, *rest) for account_id, no, *rest in rows]

    def create_accounts(self, connection: Connection, wanted: dict[str, int]) -> Sequence[AccountRow]:
        """Create accounts (id -> partition) and return their rows."""
        self._bulk.append(connection, NEW_ACCOUNTS, [(one, number, 0) for one, number in wanted.items()])
        return self.accounts(connection, wanted)

    def save_accounts(self, connection: Connection, rows: Sequence[AccountRow]) -> None:
        """Overwrite rows of accounts that exist."""
        self._bulk.put(connection, ACCOUNTS, rows)

    def features(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[FeatureRow]:
        """Return every feature of these accounts."""
        return [
            FeatureRow(*row)
            for row in self._bulk.fetch(connection, FEATURES, [(one,) for one in account_nos])
        ]

    def add_features(self, connection: Connection, rows: Sequence[FeatureRow]) -> None:
        """Add features."""
        self._bulk.append(connection, FEATURES, rows)

    def users(self, connection: Connection, keys: Iterable[UserKey]) -> Sequence[UserRow]:
        """Return the rows of those users that exist."""
        return [UserRow(*row) for row in self._bulk.fetch(connection, USERS, list(keys))]

    def save_users(self, connection: Connection, rows: Sequence[UserRow]) -> None:
        """Insert or overwrite users."""
        self._bulk.put(connection, USERS, rows)

    def tallies(self, connection: Connection, keys: Iterable[DayKey]) -> dict[DayKey, bytes]:
        """Return the encoded tallies that exist."""
        rows = self._bulk.fetch(connection, DAY_USE, list(keys))
        return {(no, day, known_day): tally for no, day, known_day, tally in rows}

    def save_tallies(self, connection: Connection, tallies: dict[DayKey, StoredTally]) -> None:
        """Insert or overwrite tallies."""
        self._bulk.put(connection, DAY_USE_AND_VOLUME, [(*key, *stored) for key, stored in tallies.items()])

    def entities(self, connection: Connection, keys: Iterable[EntityKey]) -> dict[EntityKey, str]:
        """Return the encoded states that exist."""
        rows = self._bulk.fetch(connection, ENTITIES, list(keys))
        return {(no, kind, entity_id): state for no, kind, entity_id, state in rows}

    def save_entities(self, connection: Connection, states: dict[EntityKey, StoredState]) -> None:
        """Insert or overwrite states."""
        self._bulk.put(connection, ENTITIES_AND_REST, [(*key, *stored) for key, stored in states.items()])

    def add_patches(self, connection: Connection, patches: Sequence[NewPatch]) -> None:
        """Append to history."""
        rows = [
            (
                no,
                one.kind,
                one.entity_id,
                one.valid_at,
                one.known_at,
                one.position,
                event_id,
                one.raw.decode(),
            )
            for no, event_id, one in patches
        ]
        self._bulk.append(connection, PATCHES_OF_ACCOUNT, rows)

    def add_pending(
        self,
        connection: Connection,
        partition: int,
        received: dict[int, int],
        history_at: datetime | None = None,
    ) -> None:
        """Remember that accounts (number -> oldest arrival, microseconds) must be scored again.

        ``history_at``: when this batch of history was folded; None for news, which is scored at once.
        """
        values = {
            "partition": partition,
            "accounts": _encoder.encode(received),
            "history_at": None if history_at is None else to_micros(history_at),
        }
        connection.execute(insert(_PENDING), values)

    def drop_weeks(self, connection: Connection, before: int) -> int:
        """Forget the ids of weeks before ``before``; return how many weeks there were."""
        old = connection.execute(text("SELECT week FROM seen_weeks WHERE week < :before"), {"before": before})
        weeks = [int(row.week) for row in old]
        for week in weeks:
            connection.execute(text(f"DROP TABLE IF EXISTS seen_{week}"))
            connection.execute(text("DELETE FROM seen_weeks WHERE week = :week"), {"week": week})
        return len(weeks)


def make_week(connection: Connection, week: int) -> None:
    """Create the table of ids seen in ``week``. A week has its own, so that forgetting one is dropping a table."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('radar.health.seen_weeks'))"))
        kind, rowid = "bytea", ""
    else:
        kind, rowid = "blob", " WITHOUT ROWID"
    connection.execute(
        text(f"CREATE TABLE IF NOT EXISTS seen_{int(week)} (id {kind} PRIMARY KEY NOT NULL){rowid}")
    )
    known = text("INSERT INTO seen_weeks (week) VALUES (:week) ON CONFLICT DO NOTHING")
    connection.execute(known, {"week": week})
