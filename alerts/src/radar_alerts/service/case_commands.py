"""What people do with a case, over HTTP or by a button."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from radar_alerts.domain.announcing.announcement import announcement_of
from radar_alerts.domain.cases import acts
from radar_alerts.domain.cases.case import Actor, Case
from radar_alerts.domain.cases.decision import Decision
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.cases.timeouts import latest_snooze
from radar_alerts.repositories import announcement_rows, case_rows, timeline_rows
from radar_alerts.repositories.case_rows import CaseWithSnapshot
from radar_alerts.service.steps import step
from radar_chassis.clock import Clock
from radar_chassis.errors import NotFound
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.alerts import CaseState
from radar_vocabulary.contracts.scalars import Owner


@dataclass(frozen=True, kw_only=True)
class CaseCommands:
    """Acknowledge, snooze, assign, dismiss, reopen. Each raises NotFound, Conflict or DatabaseUnavailable."""

    database: Database
    policy: CasePolicy
    clock: Clock

    def acknowledge(self, case_id: str, actor: Actor, note: str | None) -> None:
        """Somebody has it; saying so again changes nothing."""
        self._change(case_id, actor, note, lambda case, now: acts.acknowledge(case, actor, self.policy, now))

    def snooze(self, case_id: str, actor: Actor, until: datetime, reason: str | None) -> None:
        """Leave it until then. Also raises InvalidRequest."""
        self._change(case_id, actor, reason, lambda case, now: acts.snooze(case, until, now))

    def snooze_at_most(self, case_id: str, actor: Actor, until: datetime, reason: str | None) -> None:
        """Leave it until then, or as long as this case may be left: what a button does."""
        self._change(
            case_id,
            actor,
            reason,
            lambda case, now: acts.snooze(case, min(until, latest_snooze(case, now)), now),
        )

    def assign(self, case_id: str, actor: Actor, assignee: Owner | None, note: str | None) -> None:
        """Give it to somebody by name; None gives it back to the account's owner."""
        self._change(case_id, actor, note, lambda case, now: acts.assign(case, assignee, now))

    def dismiss(self, case_id: str, actor: Actor, reason: str, note: str | None) -> None:
        """Close it without an outcome of the contract."""
        said = f"{reason}: {note}" if note else reason
        self._change(case_id, actor, said, lambda case, now: acts.dismiss(case, reason, actor, now))

    def conclude(self, case_id: str, actor: Actor, state: CaseState, why: str, note: str | None) -> None:
        """Say how it came out before the contract tells."""
        said = f"{why}: {note}" if note else why
        self._change(case_id, actor, said, lambda case, now: acts.conclude(case, state, why, actor, now))

    def reopen(self, case_id: str, actor: Actor, note: str | None) -> None:
        """Open it again, or take back an acknowledgement or a snooze."""
        self._change(case_id, actor, note, acts.reopen)

    def _change(
        self, case_id: str, actor: Actor, note: str | None, decide: Callable[[Case, datetime], Decision]
    ) -> None:
        def work(connection: Connection) -> None:
            found = case_rows.load(connection, case_id, lock=True)
            if found is None:
                raise NotFound("There is no case with this id; GET /v1/cases lists them.")
            now = self.clock.now()
            decision = decide(found.case, now)
            told = announcement_rows.told(connection, [case_id]).get(case_id, ())
            record = step(decision, found.snapshot, at=now, actor=actor, note=note, told=told)
            if decision.case is None or record is None:
                return
            after = CaseWithSnapshot(case=decision.case, snapshot=found.snapshot)
            case_rows.write(connection, [after], self.policy)
            timeline_rows.note(connection, [record])
            if decision.announce:
                one = announcement_of(decision.announce, decision.case, at=now, rule=None, caused_by=None)
                announcement_rows.add(connection, [one])

        self.database.run(work)
