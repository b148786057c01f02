"""Takes health snapshots from the topic: a batch is folded in memory, then written in few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from radar_alerts.domain.decision import Decision
from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.episode import Account, Episode
from radar_alerts.domain.policy import Policy
from radar_alerts.domain.state_machine import on_snapshot, reason_to_ignore
from radar_alerts.repositories import delivery_rows, episode_rows, timeline_rows
from radar_alerts.service.announce import Announcer, step
from radar_chassis.clock import Clock
from radar_vocabulary.contracts.alerts import AlertRecord
from radar_vocabulary.contracts.health import HealthSnapshot


@dataclass(frozen=True, kw_only=True)
class TakeSnapshots:
    """The use case; ``__call__`` works inside the transaction that moved the offset."""

    policy: Policy
    announcer: Announcer
    clock: Clock

    def __call__(self, connection: Connection, snapshots: Sequence[HealthSnapshot]) -> None:
        """Apply ``snapshots`` in their order."""
        fold = _Fold(dict(episode_rows.load_accounts(connection, {one.account_id for one in snapshots})))
        now = self.clock.now()
        for snapshot in snapshots:
            account = fold.accounts[snapshot.account_id]
            if reason_to_ignore(snapshot, account, self.policy, now):
                continue
            decisions = on_snapshot(snapshot, account, self.policy, now)
            fold.seen(snapshot, (one.episode for one in decisions if one.episode))
            for decision in decisions:
                fold.decided(decision, snapshot, self.announcer, now)
        episode_rows.remember(connection, fold.latest.values())
        episode_rows.write(connection, fold.changed.values())
        timeline_rows.note(connection, fold.steps)
        delivery_rows.enqueue(connection, fold.deliveries)


@dataclass
class _Fold:
    """What a batch comes to."""

    accounts: dict[str, Account]
    latest: dict[str, HealthSnapshot] = field(default_factory=dict)
    changed: dict[str, Episode] = field(default_factory=dict)
    steps: list[AlertRecord] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)

    def seen(self, snapshot: HealthSnapshot, episodes: Iterable[Episode]) -> None:
        account = self.accounts[snapshot.account_id]
        theirs = dict(account.episodes)
        for episode in episodes:
            theirs[episode.contract_id] = episode
            self.changed[episode.alert_id] = episode
        self.latest[snapshot.account_id] = snapshot
        self.accounts[snapshot.account_id] = replace(account, last_as_of=snapshot.as_of, episodes=theirs)

    def decided(
        self, decision: Decision, snapshot: HealthSnapshot, announcer: Announcer, now: datetime
    ) -> None:
        record = step(decision, at=snapshot.as_of, actor=None, note=decision.reason.value)
        if record:
            self.steps.append(record)
        delivery = announcer.delivery(decision, now)
        if delivery:
            self.deliveries.append(delivery)
