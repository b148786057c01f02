"""What people do with an alert over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from radar_alerts.domain import manual_changes
from radar_alerts.domain.decision import Decision
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.manual_changes import Outcome
from radar_alerts.domain.policy import Policy
from radar_alerts.repositories import episode_rows, timeline_rows
from radar_alerts.service.announce import step
from radar_chassis.clock import Clock
from radar_chassis.errors import NotFound
from radar_chassis.store.database import Database


@dataclass(frozen=True, kw_only=True)
class AlertCommands:
    """Acknowledge, snooze, resolve. Each raises NotFound, Conflict or DatabaseUnavailable."""

    database: Database
    policy: Policy
    clock: Clock

    def acknowledge(self, alert_id: str, by: str, note: str | None) -> None:
        """Somebody has it; saying so again changes nothing."""
        self._change(alert_id, by, note, lambda episode, now: manual_changes.acknowledge(episode, by, now))

    def snooze(self, alert_id: str, by: str, until: datetime, reason: str | None) -> None:
        """Leave it until then. Also raises InvalidRequest."""
        self._change(
            alert_id, by, reason, lambda episode, now: manual_changes.snooze(episode, until, self.policy, now)
        )

    def resolve(self, alert_id: str, by: str, outcome: Outcome, note: str | None) -> None:
        """Close it with how it came out."""
        translator = f"{outcome}: {note}" if note else outcome
        self._change(
            alert_id, by, translator, lambda episode, now: manual_changes.resolve(episode, outcome, by, now)
        )

    def _change(
        self, alert_id: str, by: str, note: str | None, decide: Callable[[Episode, datetime], Decision]
    ) -> None:
        def work(connection: Connection) -> None:
            episode = episode_rows.load(connection, alert_id, lock=True)
            if episode is None:
                raise NotFound("There is no alert with this id; GET /v1/alerts lists them.")
            now = self.clock.now()
            decision = decide(episode, now)
            record = step(decision, at=now, actor=by, note=note)
            if decision.episode and record:
                episode_rows.write(connection, [decision.episode])
                timeline_rows.note(connection, [record])

        self.database.run(work)
