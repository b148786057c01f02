"""What time alone does: snoozes end, unanswered alerts go one step up. Any number of processes may run this."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from sqlalchemy import Connection

from radar_alerts.domain.policy import Policy
from radar_alerts.domain.timeouts import on_timeout
from radar_alerts.repositories import delivery_rows, episode_rows, timeline_rows
from radar_alerts.series import ALERTS
from radar_alerts.service.announce import Announcer, step
from radar_chassis.clock import Clock
from radar_chassis.store.database import Database

log = structlog.get_logger()
PAGE_SIZE: Final = 200
STATES: Final = ("open", "acknowledged", "snoozed", "resolved")


@dataclass(frozen=True, kw_only=True)
class ApplyTimeouts:
    """The use case. Each episode is decided anew under its own lock, so that two schedulers make one step."""

    database: Database
    policy: Policy
    announcer: Announcer
    clock: Clock
    wake: Callable[[], None]

    def __call__(self) -> None:
        """Do what is due now. Raises DatabaseUnavailable."""
        if sum(self.database.run(partial(self._one, alert_id=one)) for one in self._due()):
            self.wake()
        states = self.database.run(timeline_rows.states)
        for state in STATES:
            ALERTS.labels(state).set(states.get(state, 0))

    def _due(self) -> Iterator[str]:
        # All of them, page by page: one that can't be moved on yet mustn't stand in the way of another.
        now = self.clock.now()
        announced_before = now - self.policy.escalate_after
        after = ""
        while due := self.database.run(
            partial(_overdue, now=now, announced_before=announced_before, after=after)
        ):
            yield from due
            after = due[-1]

    def _one(self, connection: Connection, alert_id: str) -> bool:
        episode = episode_rows.load(connection, alert_id, lock=True)
        if episode is None:
            return False
        now = self.clock.now()
        decision = on_timeout(episode, self.policy, now)
        record = step(decision, at=now, actor=None, note=decision.reason.value)
        if decision.episode is None or record is None:
            return False
        episode_rows.write(connection, [decision.episode])
        timeline_rows.note(connection, [record])
        delivery = self.announcer.delivery(decision, now)
        delivery_rows.enqueue(connection, [delivery] if delivery else [])
        log.info("alert_changed_with_time", alert_id=alert_id, change=decision.change)
        return True


def _overdue(
    connection: Connection, *, now: datetime, announced_before: datetime, after: str
) -> Sequence[str]:
    return episode_rows.overdue(connection, now, announced_before, PAGE_SIZE, after)
