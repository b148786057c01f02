"""Takes health snapshots from the topic: a batch is folded in memory, then written in few statements."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from radar_alerts.domain.announcing.announcement import Announcement, announcement_of
from radar_alerts.domain.cases.decision import Decision
from radar_alerts.domain.cases.machine import AccountCases, Machine
from radar_alerts.domain.cases.surroundings import Surroundings
from radar_alerts.repositories import announcement_rows, case_rows, timeline_rows
from radar_alerts.repositories.case_rows import CaseWithSnapshot
from radar_alerts.service.steps import step
from radar_chassis.clock import Clock
from radar_vocabulary.contracts.alerts import AlertRecord
from radar_vocabulary.contracts.health import HealthSnapshot

SurroundingsAt = Callable[[Connection, datetime], Surroundings]


@dataclass(frozen=True, kw_only=True)
class TakeSnapshots:
    """The use case; ``__call__`` works inside the transaction that moved the offset.

    ``surroundings`` returns what decisions depend on beside the account: feeds that are down, the threshold.
    """

    machine: Machine
    surroundings: SurroundingsAt
    clock: Clock

    def __call__(self, connection: Connection, snapshots: Sequence[HealthSnapshot]) -> None:
        """Apply ``snapshots`` in their order."""
        now = self.clock.now()
        around = self.surroundings(connection, now)
        fold = _Fold(
            dict(case_rows.load_accounts(connection, {one.account_id for one in snapshots}, now)), now
        )
        for snapshot in snapshots:
            account = fold.accounts[snapshot.account_id]
            if self.machine.reason_to_ignore(snapshot, account.memory, around):
                continue
            after, decisions = self.machine.on_snapshot(snapshot, account, around)
            fold.accounts[snapshot.account_id] = after
            fold.latest[snapshot.account_id] = snapshot
            fold.decided(decisions, snapshot)
        case_rows.remember(connection, {one: fold.accounts[one].memory for one in fold.latest}, fold.latest)
        case_rows.write(connection, fold.changed.values(), self.machine.policy)
        timeline_rows.note(connection, fold.steps)
        announcement_rows.add(connection, fold.announcements)
        announcement_rows.see_versions(connection, versions_of(fold.latest.values()), now)


@dataclass
class _Fold:
    """What a batch comes to."""

    accounts: dict[str, AccountCases]
    now: datetime
    latest: dict[str, HealthSnapshot] = field(default_factory=dict)
    changed: dict[str, CaseWithSnapshot] = field(default_factory=dict)
    steps: list[AlertRecord] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)

    def decided(self, decisions: Iterable[Decision], snapshot: HealthSnapshot) -> None:
        for decision in decisions:
            if decision.case is None:
                continue
            self.changed[decision.case.case_id] = CaseWithSnapshot(case=decision.case, snapshot=snapshot)
            record = step(decision, snapshot, at=snapshot.as_of, note=decision.reason.value)
            if record:
                self.steps.append(record)
            if decision.announce:
                self.announcements.append(_announced(decision, snapshot, self.now))


def versions_of(snapshots: Iterable[HealthSnapshot]) -> frozenset[str]:
    """Return the names of the scorecards' and models' versions that the snapshots were made by."""
    names: set[str] = set()
    for one in snapshots:
        names.add(f"scorecard {one.scorecard.name} {one.scorecard.version}")
        if one.model is not None:
            names.add(f"model {one.model.version}")
    return frozenset(names)


def _announced(decision: Decision, snapshot: HealthSnapshot, now: datetime) -> Announcement:
    assert decision.announce is not None  # the caller looked
    assert decision.case is not None  # an announcement is about a case
    return announcement_of(
        decision.announce,
        decision.case,
        at=now,
        rule=decision.signal.rule if decision.signal else None,
        caused_by=snapshot.caused_by if decision.announce == "opened" else None,
    )
