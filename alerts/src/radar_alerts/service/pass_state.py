"""What one pass of announcing has read and decided, until it is written in one go."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from msgspec import structs
from sqlalchemy import Connection

from radar_alerts.domain.announcing.announcement import Announcement, AnnouncementState
from radar_alerts.domain.announcing.hold import Hold
from radar_alerts.domain.announcing.routes import Routes
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.routing.receiver import Receiver
from radar_alerts.domain.rules.rule import RuleSet
from radar_alerts.repositories import announcement_rows, case_rows, delivery_rows
from radar_alerts.repositories.case_rows import CaseWithSnapshot


@dataclass(kw_only=True)
class Pass:
    """One pass: everything it reads it reads once, and it writes at its end."""

    connection: Connection
    now: datetime
    routes: Routes
    rules: RuleSet
    policy: CasePolicy
    console: str | None
    cases: dict[str, CaseWithSnapshot] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    announcements: dict[str, Announcement] = field(default_factory=dict)
    receivers: dict[str, Receiver] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)

    def load_cases(self, ids: Iterable[str]) -> None:
        """Read and lock cases that weren't read yet, each with its account's latest snapshot while it runs."""
        missing = {one for one in ids if one not in self.cases}
        if missing:
            self.cases.update(case_rows.load_some(self.connection, missing))

    def settle(self, announcement: Announcement, state: AnnouncementState, **after: object) -> Announcement:
        """Note what became of an announcement."""
        done = structs.replace(announcement, state=state, settled_at=self.now, **after)
        self.announcements[done.id] = done
        return done

    def receiver(self, receiver_id: str) -> Receiver | None:
        """Return a receiver as it was last routed to."""
        if receiver_id not in self.receivers:
            stored = announcement_rows.receiver(self.connection, receiver_id)
            if stored is None:
                return None
            self.receivers[receiver_id] = stored[0]
        return self.receivers[receiver_id]

    def known(self, ids: Collection[str]) -> dict[str, Receiver]:
        """Return those of the receivers that are known."""
        found = {one: self.receiver(one) for one in ids}
        return {one: receiver for one, receiver in found.items() if receiver is not None}

    def change(self, case_id: str, **after: object) -> None:
        """Change a case silently: no step is written for it."""
        found = self.cases[case_id]
        self.cases[case_id] = CaseWithSnapshot(
            case=structs.replace(found.case, **after), snapshot=found.snapshot
        )
        self.changed.add(case_id)

    def write(self) -> None:
        """Write all that was decided."""
        announcement_rows.keep_receivers(self.connection, self.receivers.values(), self.now)
        announcement_rows.write(self.connection, self.announcements.values())
        announcement_rows.write_holds(self.connection, self.holds.values())
        case_rows.write(self.connection, [self.cases[one] for one in sorted(self.changed)], self.policy)
        delivery_rows.enqueue(self.connection, self.deliveries)
