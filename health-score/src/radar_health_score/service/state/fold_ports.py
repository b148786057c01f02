"""What folding needs from a store, inside the transaction that the worker has opened."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from radar_health_score.domain.account.attributes import Patch

UserKey = tuple[int, str]
DayKey = tuple[int, int, int]
EntityKey = tuple[int, str, str]


class AccountRow(NamedTuple):
    """An account's own row. ``first_at`` and ``last_patch_at`` are microseconds since 1970."""

    account_no: int
    account_id: str
    partition: int
    next_user: int
    first_at: int | None
    last_day: int | None
    last_known_day: int | None
    last_patch_at: int | None


class FeatureRow(NamedTuple):
    """A feature's number within its account."""

    account_no: int
    feature_no: int
    name: str


class UserRow(NamedTuple):
    """A user's number within the account, last day, and first use by feature (encoded)."""

    account_no: int
    user_id: str
    user_no: int
    last_day: int | None
    first_use: bytes


class StoredTally(NamedTuple):
    """An encoded tally and the encoded volume it came to."""

    tally: bytes
    volume: bytes


class StoredState(NamedTuple):
    """An encoded state and from when on the thing rests (``rests_from``)."""

    state: str
    rests_from: int


class NewPatch(NamedTuple):
    """An attribute event on its way into history."""

    account_no: int
    event_id: str
    patch: Patch


class FoldStore(Protocol):
    """Bulk reads and writes of the current state and its history."""

    def discard(self) -> None:
        """A transaction was rolled back: forget what was remembered of it."""
        ...

    def claim(self, connection: Connection, week: int, ids: Sequence[bytes]) -> set[bytes]:
        """Note event ids as counted; return those that were counted before (this week or the week before)."""
        ...

    def accounts(self, connection: Connection, account_ids: Iterable[str]) -> Sequence[AccountRow]:
        """Return the rows of those accounts that exist."""
        ...

    def create_accounts(self, connection: Connection, wanted: dict[str, int]) -> Sequence[AccountRow]:
        """Create accounts (id -> partition) and return their rows."""
        ...

    def save_accounts(self, connection: Connection, rows: Sequence[AccountRow]) -> None:
        """Overwrite rows of accounts that exist."""
        ...

    def features(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[FeatureRow]:
        """Return every feature of these accounts."""
        ...

    def add_features(self, connection: Connection, rows: Sequence[FeatureRow]) -> None:
        """Add features."""
        ...

    def users(self, connection: Connection, keys: Iterable[UserKey]) -> Sequence[UserRow]:
        """Return the rows of those users that exist."""
        ...

    def save_users(self, connection: Connection, rows: Sequence[UserRow]) -> None:
        """Insert or overwrite users."""
        ...

    def tallies(self, connection: Connection, keys: Iterable[DayKey]) -> dict[DayKey, bytes]:
        """Return the encoded tallies that exist."""
        ...

    def save_tallies(self, connection: Connection, tallies: dict[DayKey, StoredTally]) -> None:
        """Insert or overwrite tallies."""
        ...

    def entities(self, connection: Connection, keys: Iterable[EntityKey]) -> dict[EntityKey, str]:
        """Return the encoded states that exist."""
        ...

    def save_entities(self, connection: Connection, states: dict[EntityKey, StoredState]) -> None:
        """Insert or overwrite states."""
        ...

    def add_patches(self, connection: Connection, patches: Sequence[NewPatch]) -> None:
        """Append to history."""
        ...

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
        ...
