"""Accounts, features and users of one partition as kept in memory between batches: a write-through cache.

It is right only while the transaction that filled it stands, so on a roll-back, or when a partition goes, it is
thrown away whole.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from radar_health_score.domain.history.account_state import UserDays
from radar_health_score.repositories.fold_records import AccountRow, DayKey, FeatureRow, UserKey, UserRow

if TYPE_CHECKING:
    from radar_health_score.domain.account.day_tally import DayTally

_first_use_decoder: Final = msgspec.msgpack.Decoder(dict[int, int])
_encoder: Final = msgspec.msgpack.Encoder()


def encode_first_use(first_use: dict[int, int]) -> bytes:
    """Return the stored form of a user's first days by feature."""
    return _encoder.encode(first_use)


def user_days(row: UserRow) -> UserDays:
    """Return a user's days from the stored row."""
    return UserDays(row.user_no, row.last_day, _first_use_decoder.decode(row.first_use))


class CachedAccount:
    """An account's numbers and marks; ``changed`` until saved."""

    __slots__ = (
        "account_id",
        "changed",
        "features",
        "first_at",
        "last_day",
        "last_known_day",
        "last_patch_at",
        "new_features",
        "next_user",
        "no",
        "partition",
    )

    def __init__(self, row: AccountRow) -> None:
        self.no = row.account_no
        self.account_id = row.account_id
        self.partition = row.partition
        self.next_user = row.next_user
        self.first_at = row.first_at
        self.last_day = row.last_day
        self.last_known_day = row.last_known_day
        self.last_patch_at = row.last_patch_at
        self.features: dict[str, int] = {}
        self.new_features: list[FeatureRow] = []
        self.changed = False

    def feature(self, name: str) -> int:
        """Return the number of a feature, giving it the next one if it is new."""
        number = self.features.get(name)
        if number is None:
            number = self.features[name] = len(self.features)
            self.new_features.append(FeatureRow(self.no, number, name))
            self.changed = True
        return number

    def new_user(self) -> int:
        """Return the next user number."""
        number = self.next_user
        self.next_user += 1
        self.changed = True
        return number

    def note_use(self, day: int, known_day: int, first_at: int) -> None:
        """Move the marks so that they cover a day's use."""
        if self.last_day is None or day > self.last_day:
            self.last_day, self.changed = day, True
        if self.last_known_day is None or known_day > self.last_known_day:
            self.last_known_day, self.changed = known_day, True
        if self.first_at is None or first_at < self.first_at:
            self.first_at, self.changed = first_at, True

    def note_patch(self, counts_from: int) -> None:
        """Move the mark of attribute events."""
        if self.last_patch_at is None or counts_from > self.last_patch_at:
            self.last_patch_at, self.changed = counts_from, True

    def row(self) -> AccountRow:
        """Return the row to save."""
        return AccountRow(
            self.no,
            self.account_id,
            self.partition,
            self.next_user,
            self.first_at,
            self.last_day,
            self.last_known_day,
            self.last_patch_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheBounds:
    """How much of each a process remembers, over all its partitions."""

    accounts: int = 100_000
    users: int = 200_000
    tallies: int = 20_000


class PartitionCache:
    """Bounded memory of one partition's accounts, users and tallies; the oldest go first."""

    def __init__(self) -> None:
        self.accounts: dict[str, CachedAccount] = {}
        self.users: dict[UserKey, UserDays] = {}
        self.tallies: dict[DayKey, DayTally] = {}

    def trim(self, bounds: CacheBounds, share: int) -> None:
        """Forget what came first until one of ``share`` parts of the bounds holds; that costs only time."""
        _trim(self.accounts, bounds.accounts // share)
        _trim(self.users, bounds.users // share)
        _trim(self.tallies, bounds.tallies // share)


def _trim(entries: dict[Any, Any], most: int) -> None:
    surplus = len(entries) - most
    if surplus > 0:
        for key in list(entries)[:surplus]:
            del entries[key]
