"""The health-score service's state in tests: events go in as the log would bring them, facts come out."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from radar_chassis.bus.port import Incoming, Partition
from radar_chassis.clock import Clock, ManualClock
from radar_chassis.store.database import Database
from radar_chassis.store.migrate import migrate
from radar_chassis.worker.handler import Decoded
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.main import bulk_for
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.fold_store import FoldStore
from radar_health_score.service.state.events import Event, read_event
from radar_health_score.service.state.facts import FactsReader
from radar_health_score.service.state.folding import Folder
from radar_vocabulary.contracts.event_record import EventRecord, encode_event
from radar_vocabulary.contracts.topics import EVENTS

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
MIGRATIONS = "radar_health_score.repositories.migrations"
_numbers = itertools.count(1)


def event(
    event_type: str = "login",
    *,
    account: str = "acme",
    user: str | None = None,
    at: datetime = NOON,
    known: datetime | None = None,
    received: datetime | None = None,
    event_id: str | None = None,
    **data: Any,
) -> EventRecord:
    """Return an event record; what isn't named is plausible, ids are never the same."""
    return EventRecord(
        version=1,
        id=event_id or f"e{next(_numbers)}",
        type=event_type,
        account_id=account,
        user_id=user,
        occurred_at=at,
        received_at=received or known or at,
        known_at=known or at,
        data=msgspec.Raw(msgspec.json.encode(data)),
    )


def used(feature: str, *, user: str | None = "u1", at: datetime = NOON, **more: Any) -> EventRecord:
    """Return a feature_used event."""
    return event("feature_used", user=user, at=at, feature=feature, **more)


def incoming(record: EventRecord, offset: int, *, partition: int = 0, logged: datetime = NOON) -> Incoming:
    """Return the record as the log would bring it."""
    return Incoming(
        partition=Partition(EVENTS, partition),
        offset=offset,
        key=record.account_id.encode(),
        value=encode_event(record),
        headers=(),
        timestamp=logged,
    )


class State:
    """A migrated database with a folder and a reader on it."""

    def __init__(
        self,
        url: str,
        *,
        zone: str = "UTC",
        key_features: frozenset[str] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.database = Database(url, schema="health")
        self.bulk = bulk_for(self.database)
        migrate(self.database, MIGRATIONS)
        self.days = WorkspaceDays(zone)
        self.folder = Folder(FoldStore(self.bulk), self.days, clock=clock or ManualClock(NOON))
        self.reader = FactsReader(
            FactRows(self.bulk), self.days, lambda name: key_features is None or name in key_features
        )
        self._offset = itertools.count()

    def fold(self, *records: EventRecord, logged: datetime = NOON) -> None:
        """Fold these as one batch."""
        batch = [incoming(record, next(self._offset), logged=logged) for record in records]
        self.fold_incoming(batch)

    def fold_incoming(self, batch: Sequence[Incoming]) -> None:
        """Fold records of the log as one batch."""
        decoded: list[Decoded[Event]] = [Decoded(one, read_event(one)) for one in batch]
        self.database.run(lambda connection: self.folder.fold(connection, decoded))

    def facts(self, as_of: datetime, account: str = "acme") -> AccountFacts:
        """Return an account's facts by the way the product takes."""
        with self.database.reading() as connection:
            row = self.reader.find(connection, account)
            assert row is not None, f"no account {account}"
            return self.reader.read_at(connection, row, as_of)

    def facts_from_history(self, as_of: datetime, account: str = "acme") -> AccountFacts:
        """Return an account's facts recomputed from its whole history."""
        with self.database.reading() as connection:
            row = self.reader.find(connection, account)
            assert row is not None, f"no account {account}"
            return next(iter(self.reader.walk(connection, row, [as_of])))

    def close(self) -> None:
        """Let go of the database."""
        self.database.dispose()
