"""Announces what waits: guards look at everything that waits together, then each receiver gets a message or a digest.

One pass at a time, under a lock: what a pass decides it decides with the whole workspace in view.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import structlog
from sqlalchemy import Connection

from radar_alerts.domain.announcing.guards import MassLimit
from radar_alerts.domain.announcing.routes import Routes
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.rules.rule import RuleSet
from radar_alerts.repositories import announcement_rows
from radar_alerts.service.digests import make_digests
from radar_alerts.service.guarding import Guarding
from radar_alerts.service.pass_state import Pass
from radar_alerts.service.tell_receivers import tell_waiting
from radar_chassis.clock import Clock
from radar_chassis.store.database import Database

log = structlog.get_logger()
PAGE: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class AnnounceCases:
    """The use case. ``wake`` starts those who deliver."""

    database: Database
    routes: Routes
    rules: RuleSet
    policy: CasePolicy
    clock: Clock
    wake: Callable[[], None]
    console: str | None = None
    limit: MassLimit = field(default_factory=MassLimit)

    def __call__(self) -> float | None:
        """Announce what is due now. Raises DatabaseUnavailable."""
        if self.database.run(self._pass):
            self.wake()
        return None

    def _pass(self, connection: Connection) -> int:
        """Return how many messages were made."""
        if not announcement_rows.anything(connection):
            return 0
        announcement_rows.lock(connection)
        this = Pass(
            connection=connection,
            now=self.clock.now(),
            routes=self.routes,
            rules=self.rules,
            policy=self.policy,
            console=self.console,
        )
        Guarding(this, self.rules, self.limit).route_waiting(announcement_rows.unrouted(connection, PAGE))
        tell_waiting(this)
        make_digests(this)
        this.write()
        return len(this.deliveries)
