"""What time alone does: snoozes and acknowledgements end, unanswered cases go one step up.

Any number of processes may run this.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from sqlalchemy import Connection

from radar_alerts.domain.announcing.announcement import announcement_of
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.cases.timeouts import on_timeout
from radar_alerts.repositories import announcement_rows, case_rows, delivery_rows, timeline_rows
from radar_alerts.repositories.case_rows import CaseWithSnapshot
from radar_alerts.series import CASES, DELIVERIES_PENDING, OLDEST_DELIVERY
from radar_alerts.service.steps import step
from radar_chassis.clock import Clock
from radar_chassis.store.database import Database

log = structlog.get_logger()
PAGE_SIZE: Final = 200


@dataclass(frozen=True, kw_only=True)
class ApplyTimeouts:
    """The use case. Each case is decided anew under its own lock, so that two schedulers make one step."""

    database: Database
    policy: CasePolicy
    clock: Clock
    wake: Callable[[], None]

    def __call__(self) -> None:
        """Do what is due now. Raises DatabaseUnavailable."""
        if sum(self.database.run(partial(self._one, case_id=one)) for one in self._due()):
            self.wake()
        CASES.clear()
        for (state, rule), number in self.database.run(case_rows.numbers).items():
            CASES.labels(state, rule).set(number)
        pending, oldest = self.database.run(delivery_rows.oldest_pending)
        DELIVERIES_PENDING.set(pending)
        OLDEST_DELIVERY.set((self.clock.now() - oldest).total_seconds() if oldest else 0.0)

    def _due(self) -> Iterator[str]:
        # All of them, page by page: one that can't be moved on yet mustn't stand in the way of another.
        now, after = self.clock.now(), ""
        while due := self.database.run(partial(_due, now=now, after=after)):
            yield from due
            after = due[-1]

    def _one(self, connection: Connection, case_id: str) -> bool:
        found = case_rows.load(connection, case_id, lock=True)
        if found is None:
            return False
        now = self.clock.now()
        decision = on_timeout(found.case, self.policy, now)
        told = announcement_rows.told(connection, [case_id]).get(case_id, ())
        record = step(decision, found.snapshot, at=now, note=decision.reason.value, told=told)
        if decision.case is None or record is None:
            return False
        after = CaseWithSnapshot(case=decision.case, snapshot=found.snapshot)
        case_rows.write(connection, [after], self.policy)
        timeline_rows.note(connection, [record])
        if decision.announce:
            one = announcement_of(decision.announce, decision.case, at=now, rule=None, caused_by=None)
            announcement_rows.add(connection, [one])
        log.info("case_changed_with_time", case_id=case_id, change=decision.change)
        return True


def _due(connection: Connection, *, now: datetime, after: str) -> Sequence[str]:
    return case_rows.due(connection, now, PAGE_SIZE, after)
