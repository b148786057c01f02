"""Publishes alerts' steps from the outbox to ``radar.alerts.v1``, oldest first.

A relay that dies between publishing and forgetting publishes again; so does a second relay beside it. Each
record carries its alert's ``sequence``, by which readers drop what they have seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import Connection

from radar_alerts.repositories import timeline_rows
from radar_chassis.store.database import Database

PAGE_SIZE: Final = 500


@dataclass(frozen=True, kw_only=True)
class Relay:
    """The use case; ``publish`` takes pairs of account id and record, and returns once they are durable."""

    database: Database
    publish: Callable[[Sequence[tuple[str, bytes]]], None]

    def __call__(self) -> float | None:
        """Empty the outbox. Raises BusUnavailable, DatabaseUnavailable: what is left stays for the next time."""
        while waiting := self.database.run(
            lambda connection: timeline_rows.unpublished(connection, PAGE_SIZE)
        ):
            self.publish([(account_id, record) for _, account_id, record in waiting])
            self.database.run(partial(_forget, numbers=[number for number, _, _ in waiting]))
        return None


def _forget(connection: Connection, numbers: Sequence[int]) -> None:
    timeline_rows.published(connection, numbers)
