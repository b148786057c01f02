"""An alert episode: one per account and renewal, from the first opening on."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from radar_vocabulary.contracts.alerts import AlertChange, AlertRecord, AlertState, Severity
from radar_vocabulary.contracts.health import HealthSnapshot

NO_CONTRACT: Final = "-"


@dataclass(frozen=True, kw_only=True)
class Episode:
    """An alert as it is now.

    Attributes:
        contract_id: the renewal it is about; "-" when the account has no open contract.
        sequence: the number of its last step; a change is written only over the sequence it was decided on.
        snapshot: the latest snapshot that speaks of this account and renewal.
        opened_at: event time of the (last) opening.
        recovered_since: event time since which every snapshot said recovered; None while it isn't.
        announced_at: when, by the clock, the notice of the opening was queued; None while nobody was told.
        escalated_at: when, by the clock, it went one step up.
        resolved_at: event time of the resolution by itself, or the clock's when a person resolved it.
        resolved_by: the person; None when it resolved by itself.
    """

    alert_id: str
    account_id: str
    contract_id: str
    state: AlertState
    sequence: int
    severity: Severity
    snapshot: HealthSnapshot
    opened_at: datetime
    changed_at: datetime
    recovered_since: datetime | None = None
    announced_at: datetime | None = None
    escalated_at: datetime | None = None
    acknowledged_by: str | None = None
    snoozed_until: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    outcome: str | None = None

    def record(self, change: AlertChange, at: datetime, actor: str | None, note: str | None) -> AlertRecord:
        """Return the step ``change`` as it goes on the topic, with the alert as it is after it."""
        snapshot = self.snapshot
        renewal = snapshot.renewal
        return AlertRecord(
            alert_id=self.alert_id,
            sequence=self.sequence,
            change=change,
            state=self.state,
            at=at,
            account_id=self.account_id,
            account_name=snapshot.account.name,
            segment=snapshot.account.segment,
            owner=snapshot.account.owner,
            contract_id=None if self.contract_id == NO_CONTRACT else self.contract_id,
            renews_on=renewal.renews_on if renewal else None,
            score=snapshot.score,
            band=snapshot.band,
            arr_at_risk=renewal.arr_at_risk if renewal else None,
            drivers=snapshot.drivers,
            actor=actor,
            note=note,
        )


@dataclass(frozen=True, kw_only=True)
class Account:
    """What is remembered of an account: the latest snapshot's moment, and its episodes by contract id."""

    last_as_of: datetime | None
    episodes: Mapping[str, Episode]


def contract_key(snapshot: HealthSnapshot) -> str:
    """Return the contract id that names the snapshot's episode."""
    return snapshot.renewal.contract_id if snapshot.renewal else NO_CONTRACT


def alert_id(account_id: str, contract_id: str) -> str:
    """Return the episode's id: always the same for an account and renewal, also after a replay."""
    digest = hashlib.sha256(f"{len(account_id)}:{account_id}:{contract_id}".encode()).hexdigest()
    return f"al_{digest[:24]}"
