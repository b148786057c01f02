"""Scores that wait, and what was scored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from radar_vocabulary.contracts.health import HealthSnapshot


class PendingImport(NamedTuple):
    """History that waits for a score: when the first and the last batch of it were folded."""

    first_at: datetime
    last_at: datetime


class Pending(NamedTuple):
    """A folded batch whose accounts wait for a score: number -> oldest arrival (microseconds)."""

    batch_no: int
    received: Mapping[int, int]
    history: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A new snapshot of an account, and whether history keeps it; ``kept_at`` is the last one that history has.

    ``wakes_at``: when a date told of the account comes, and it must be scored again; None where none is known.
    """

    account_no: int
    snapshot: HealthSnapshot
    keep: bool
    kept_at: datetime
    wakes_at: datetime | None = None


class Before(NamedTuple):
    """When an account was scored last, and the last snapshot that history keeps."""

    as_of: datetime
    kept: HealthSnapshot
