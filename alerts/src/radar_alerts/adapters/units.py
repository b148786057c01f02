"""Units of work: the service's ``Unit`` port on one database transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from radar_alerts.adapters import delivery_rows, episode_rows, timeline_rows
from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.episode import Account, Episode
from radar_alerts.domain.routing import Channel
from radar_alerts.service.ports import Unit
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.alerts import AlertRecord
from radar_vocabulary.contracts.health import HealthSnapshot

T = TypeVar("T")


class DatabaseUnit:
    """One transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accounts(self, ids: Collection[str]) -> Mapping[str, Account]:
        """Return what is remembered of these accounts."""
        return episode_rows.load_accounts(self._connection, ids)

    def saw(self, snapshots: Collection[HealthSnapshot]) -> None:
        """Remember these as the latest of their accounts."""
        episode_rows.remember(self._connection, snapshots)

    def episode(self, alert_id: str) -> Episode | None:
        """Return one episode, locked."""
        return episode_rows.load(self._connection, alert_id, lock=True)

    def overdue(self, now: datetime, told_before: datetime, limit: int, after: str) -> Sequence[str]:
        """Return ids of episodes that time alone may change."""
        return episode_rows.overdue(self._connection, now, told_before, limit, after)

    def keep(self, episodes: Collection[Episode]) -> None:
        """Write episodes."""
        episode_rows.write(self._connection, episodes)

    def note(self, records: Sequence[AlertRecord]) -> None:
        """Add steps to timelines and outbox."""
        timeline_rows.note(self._connection, records)

    def enqueue(self, deliveries: Collection[Delivery]) -> None:
        """Add deliveries."""
        delivery_rows.enqueue(self._connection, deliveries)

    def delivery(self, delivery_id: str) -> Delivery | None:
        """Return one delivery."""
        return delivery_rows.load(self._connection, delivery_id)

    def expire(self, channel: Channel, now: datetime) -> int:
        """Make unknown what a vanished sender held."""
        return delivery_rows.expire(self._connection, channel, now)

    def claim(self, channel: Channel, now: datetime, lease_until: datetime) -> Delivery | None:
        """Take the next due delivery."""
        return delivery_rows.claim(self._connection, channel, now, lease_until)

    def update(self, delivery: Delivery) -> bool:
        """Write a claimed delivery's new state."""
        return delivery_rows.settle(self._connection, delivery)

    def waits_until(self, channel: Channel) -> datetime | None:
        """Return until when nothing may go to the channel."""
        return delivery_rows.waits_until(self._connection, channel)

    def wait(self, channel: Channel, until: datetime) -> None:
        """Let nothing go to the channel before then."""
        delivery_rows.wait(self._connection, channel, until)

    def next_due(self, channel: Channel) -> datetime | None:
        """Return when the next delivery of the channel is due."""
        return delivery_rows.next_due(self._connection, channel)

    def unpublished(self, limit: int) -> Sequence[tuple[int, str, bytes]]:
        """Return the oldest records that wait for the topic."""
        return timeline_rows.unpublished(self._connection, limit)

    def published(self, up_to: Sequence[int]) -> None:
        """Forget records that are on the topic."""
        timeline_rows.published(self._connection, up_to)

    def delete_deliveries(self, before: datetime) -> int:
        """Delete deliveries that ended before then, of alerts resolved before then."""
        return delivery_rows.forget(self._connection, before)

    def states(self) -> Mapping[str, int]:
        """Return how many alerts are in each state."""
        return timeline_rows.states(self._connection)


class DatabaseUnits:
    """Units of work on the service's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, work: Callable[[Unit], T]) -> T:
        """Run ``work`` in one transaction."""
        return self._database.run(lambda connection: work(DatabaseUnit(connection)))
