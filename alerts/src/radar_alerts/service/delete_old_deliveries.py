"""Forgets what became of the notices of alerts that were resolved long ago; the alerts and their timelines stay."""

from dataclasses import dataclass
from datetime import timedelta

from radar_alerts.repositories import delivery_rows
from radar_chassis.clock import Clock
from radar_chassis.store.database import Database


@dataclass(frozen=True, kw_only=True)
class DeleteOldDeliveries:
    """The use case. ``age``: for how long after the end, of alert and delivery, a delivery is kept."""

    database: Database
    clock: Clock
    age: timedelta

    def __call__(self) -> None:
        """Forget once. Raises DatabaseUnavailable."""
        before = self.clock.now() - self.age
        self.database.run(lambda connection: delivery_rows.delete_ended(connection, before))
