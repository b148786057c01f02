"""What folding needs from a store, inside the transaction that the worker has opened."""

from typing import NamedTuple

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
