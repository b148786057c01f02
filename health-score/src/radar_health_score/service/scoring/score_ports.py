"""What scoring needs: a scorer, a place for snapshots, and a way to tell the world."""

from collections.abc import Sequence
from typing import Protocol

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.repositories.score_records import Scored
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


class Reasons(Protocol):
    """Adds the model's reasons to what was just scored, where somebody may be alerted about it."""

    def __call__(self, scored: Sequence[Scored], facts: Sequence[AccountFacts]) -> Sequence[Scored]:
        """Return ``scored``, in order; ``facts`` are what each was made of. Raises nothing."""
        ...


def without_model_reasons(scored: Sequence[Scored], facts: Sequence[AccountFacts]) -> Sequence[Scored]:
    """Return ``scored`` unchanged: no model is in use."""
    del facts
    return scored
