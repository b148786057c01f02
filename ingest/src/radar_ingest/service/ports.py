"""What the use cases need from outside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from radar_vocabulary.contracts.dead_letter import DeadLetter

LetterState = Literal["parked", "replayed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A user was grouped into an account at ``since``."""

    user_id: str
    account_id: str
    since: datetime


class Memberships(Protocol):
    """Which account each user was last grouped into. Blocking."""

    def remember(self, memberships: Sequence[Membership]) -> None:
        """Store each, unless a later one of the same user is stored. Raises DatabaseUnavailable."""
        ...

    def accounts_of(self, users: Collection[str]) -> Mapping[str, str]:
        """Return the account of each user that was ever grouped. Raises DatabaseUnavailable."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A dead letter, and what became of it. ``answer`` is why the last replay, at ``replayed_at``, didn't take it."""

    letter: DeadLetter
    state: LetterState
    replayed_at: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a replay of one letter came to: ``replayed`` when the log has it, else the reason why not."""

    id: str
    state: LetterState
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFilter:
    """Which letters; None means any."""

    step: str | None = None
    code: str | None = None
    state: LetterState | None = None


class Letters(Protocol):
    """The parked records. Blocking."""

    def page(
        self, which: LetterFilter, *, after: tuple[datetime, str] | None, limit: int
    ) -> Sequence[StoredLetter]:
        """Return the newest first, those that come after the position ``after``."""
        ...

    def find(self, ids: Collection[str]) -> Sequence[StoredLetter]:
        """Return those that exist, oldest first."""
        ...

    def oldest(self, which: LetterFilter, *, limit: int) -> Sequence[StoredLetter]:
        """Return the oldest, those never tried again first."""
        ...

    def forget(self, before: datetime) -> int:
        """Delete letters from before then; return how many those were."""
        ...

    def record(self, outcomes: Sequence[Outcome], at: datetime) -> None:
        """Note what a replay came to."""
        ...
