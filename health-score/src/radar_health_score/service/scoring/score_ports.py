"""What scoring needs: a scorer, a place for snapshots, and a way to tell the world."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.service.state.settling import Untold
from radar_vocabulary.contracts.health import HealthSnapshot


class Scorer(Protocol):
    """Turns facts into health. Pure: the same facts give the same snapshot."""

    def snapshot(self, facts: AccountFacts) -> HealthSnapshot:
        """Return the account's health."""
        ...

    def snapshots(self, many: Sequence[AccountFacts]) -> list[HealthSnapshot]:
        """Return the health of each: what ``snapshot`` would say of it."""
        ...

    def readings(self, facts: AccountFacts) -> Readings:
        """Return every metric's value, or why it is missing."""
        ...


class SnapshotPublisher(Protocol):
    """Publishes snapshots, keyed by account."""

    def publish(self, snapshots: Sequence[HealthSnapshot]) -> None:
        """Return once all are durable in the log; raises BusUnavailable or BusOverloaded."""
        ...


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


class Reasons(Protocol):
    """Adds the model's reasons to what was just scored, where somebody may be alerted about it."""

    def __call__(self, scored: Sequence[Scored], facts: Sequence[AccountFacts]) -> Sequence[Scored]:
        """Return ``scored``, in order; ``facts`` are what each was made of. Raises nothing."""
        ...


class Before(NamedTuple):
    """When an account was scored last, and the last snapshot that history keeps."""

    as_of: datetime
    kept: HealthSnapshot


class SnapshotStore(Protocol):
    """Snapshots, the latest beside the kept ones, and the accounts that wait for a score."""

    def untold(self, connection: Connection, partitions: Collection[int]) -> Untold | None:
        """Return the history of these partitions that waits for a score, if any does."""
        ...

    def pending(
        self,
        connection: Connection,
        partitions: Collection[int],
        limit: int,
        *,
        history: bool,
        after: int | None = None,
    ) -> Sequence[Pending]:
        """Return the oldest waiting batches of these partitions, those of history only where asked for.

        ``after``: only those that came after this batch.
        """
        ...

    def done(self, connection: Connection, batch_nos: Iterable[int]) -> None:
        """Forget waiting batches."""
        ...

    def before(self, connection: Connection, account_nos: Collection[int]) -> Mapping[int, Before]:
        """Return what was known of these accounts' health."""
        ...

    def save(self, connection: Connection, scored: Sequence[Scored]) -> None:
        """Write snapshots; one that is older than what is there changes nothing."""
        ...

    def due(
        self,
        connection: Connection,
        partitions: Collection[int],
        scored_before: datetime,
        limit: int,
        *,
        new: bool,
        now: datetime,
    ) -> Sequence[int]:
        """Return accounts of these partitions that were not scored since then; ``new``: or never yet.

        Before them, those whose time to wake has come by ``now``.
        """
        ...


def without_model_reasons(scored: Sequence[Scored], facts: Sequence[AccountFacts]) -> Sequence[Scored]:
    """Return ``scored`` unchanged: no model is in use."""
    del facts
    return scored
