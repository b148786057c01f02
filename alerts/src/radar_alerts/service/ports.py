"""What the use cases need from outside, as they see it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.episode import Account, Episode
from radar_alerts.domain.outcome import Outcome
from radar_alerts.domain.routing import Channel
from radar_vocabulary.contracts.alerts import AlertRecord
from radar_vocabulary.contracts.health import HealthSnapshot

T = TypeVar("T")


class Notifier(Protocol):
    """A way to reach people. Never raises for what a channel does; retries belong to the caller."""

    def send(self, delivery: Delivery) -> Outcome:
        """Hand the message over once; a delivery that is ``resent`` carries a mark that says so."""
        ...

    def has_message(self, delivery: Delivery) -> bool | None:
        """Tell whether the channel has the message; None where it can't tell."""
        ...


class Unit(Protocol):
    """One transaction on the alerts' tables."""

    def accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        """Return what is remembered of these accounts, their episodes locked until the end."""
        ...

    def saw(self, snapshots: Collection[HealthSnapshot]) -> None:
        """Remember these as the latest of their accounts."""
        ...

    def episode(self, alert_id: str) -> Episode | None:
        """Return one episode, locked until the end."""
        ...

    def overdue(self, now: datetime, told_before: datetime, limit: int, after: str) -> Sequence[str]:
        """Return ids of episodes whose snooze is over, or that were announced before then and nobody took.

        In the order of their ids, those behind ``after`` only.
        """
        ...

    def keep(self, episodes: Collection[Episode]) -> None:
        """Write episodes, new or changed."""
        ...

    def note(self, records: Sequence[AlertRecord]) -> None:
        """Add steps to the timelines, and to what is published on ``radar.alerts.v1``."""
        ...

    def enqueue(self, deliveries: Collection[Delivery]) -> None:
        """Add deliveries; those whose key is there already are left as they are."""
        ...

    def delivery(self, delivery_id: str) -> Delivery | None:
        """Return one delivery."""
        ...

    def expire(self, channel: Channel, now: datetime) -> int:
        """Make *unknown* the deliveries whose sender went away; return how many."""
        ...

    def claim(self, channel: Channel, now: datetime, lease_until: datetime) -> Delivery | None:
        """Take the next due delivery, by compare-and-set; None when nothing is due."""
        ...

    def update(self, delivery: Delivery) -> bool:
        """Write a claimed delivery's new state; False when the claim isn't ours any more."""
        ...

    def waits_until(self, channel: Channel) -> datetime | None:
        """Return until when nothing may go to the channel."""
        ...

    def wait(self, channel: Channel, until: datetime) -> None:
        """Let nothing go to the channel before then."""
        ...

    def next_due(self, channel: Channel) -> datetime | None:
        """Return when the next delivery of the channel is due."""
        ...

    def unpublished(self, limit: int) -> Sequence[tuple[int, str, bytes]]:
        """Return the oldest records that wait for the topic: number, account id, bytes."""
        ...

    def published(self, up_to: Sequence[int]) -> None:
        """Forget records that are on the topic."""
        ...

    def delete_deliveries(self, before: datetime) -> int:
        """Delete deliveries that ended before then, of alerts resolved before then; return how many those were."""
        ...

    def states(self) -> Mapping[str, int]:
        """Return how many alerts are in each state."""
        ...


class Units(Protocol):
    """Makes units of work."""

    def run(self, work: Callable[[Unit], T]) -> T:
        """Run ``work`` in one transaction, again if it was a conflict's victim. Raises DatabaseUnavailable."""
        ...
