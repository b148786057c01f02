"""Publishes alerts' steps from the outbox to ``radar.alerts.v1``, oldest first.

A relay that dies between publishing and forgetting publishes again; so does a second relay beside it. Each
record carries its alert's ``sequence``, by which readers drop what they have seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from radar_alerts.service.ports import Unit, Units

AT_A_TIME: Final = 500


@dataclass(frozen=True, kw_only=True)
class Relay:
    """The use case; ``publish`` takes pairs of account id and record, and returns once they are durable."""

    units: Units
    publish: Callable[[Sequence[tuple[str, bytes]]], None]

    def __call__(self) -> float | None:
        """Empty the outbox. Raises BusUnavailable, DatabaseUnavailable: what is left stays for the next time."""
        while waiting := self.units.run(lambda unit: unit.unpublished(AT_A_TIME)):
            self.publish([(account_id, record) for _, account_id, record in waiting])
            self.units.run(partial(_forget, numbers=[number for number, _, _ in waiting]))
        return None


def _forget(unit: Unit, numbers: Sequence[int]) -> None:
    unit.published(numbers)
