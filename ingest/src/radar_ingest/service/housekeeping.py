"""What is done now and then: the embedded log is trimmed, and dead letters that nobody needs any more are forgotten."""

from dataclasses import dataclass
from datetime import timedelta

import structlog

from radar_chassis.bus.port import Bus, Retention
from radar_chassis.clock import Clock
from radar_ingest.repositories.dead_letters import DeadLetters

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class ApplyRetention:
    """Lets the log forget what every group has read."""

    bus: Bus
    retention: Retention

    def __call__(self) -> None:
        """Tend once. Raises BusUnavailable."""
        if removed := self.bus.apply_retention(self.retention):
            log.info("log_trimmed", records=removed)


@dataclass(frozen=True, kw_only=True)
class DeleteOldDeadLetters:
    """Forgets letters older than ``age``, replayed or not."""

    letters: DeadLetters
    clock: Clock
    age: timedelta

    def __call__(self) -> None:
        """Forget once. Raises DatabaseUnavailable."""
        if removed := self.letters.forget(self.clock.now() - self.age):
            log.info("dead_letters_forgotten", letters=removed)
