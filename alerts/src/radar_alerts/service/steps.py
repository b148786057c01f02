"""Turns a decision into the step that is written down and published."""

from datetime import datetime
from typing import Final

from radar_alerts.domain.cases.case import Actor, Case
from radar_alerts.domain.cases.decision import Decision
from radar_alerts.domain.cases.renewals import renewal_of
from radar_vocabulary.contracts.alerts import AlertChange, AlertRecord, AlertState, CaseChange, CaseState
from radar_vocabulary.contracts.health import HealthSnapshot
from radar_vocabulary.contracts.scalars import Money

# What a reader that knows the alerts of 0.1.0 alone calls a step; None where it has no word for it.
OLD_CHANGES: Final[dict[CaseChange, AlertChange]] = {
    "opened": "opened",
    "reopened": "reopened",
    "acknowledged": "acknowledged",
    "acknowledgement_expired": "woken",
    "snoozed": "snoozed",
    "woken": "woken",
    "escalated": "escalated",
    "renewed": "resolved",
    "lost": "resolved",
    "recovered": "resolved",
    "dismissed": "resolved",
}


def old_state(state: CaseState) -> AlertState:
    """Return the state in the words of 0.1.0."""
    return state if state in {"open", "acknowledged", "snoozed"} else "resolved"


def step(
    decision: Decision,
    snapshot: HealthSnapshot,
    *,
    at: datetime,
    actor: Actor | None = None,
    note: str | None = None,
    told: tuple[str, ...] = (),
) -> AlertRecord | None:
    """Return the decision's step, if it is one; ``note`` is the reason, or what a person wrote."""
    case = decision.case
    if decision.change is None or case is None:
        return None
    return AlertRecord(
        alert_id=case.case_id,
        sequence=case.sequence,
        change=OLD_CHANGES.get(decision.change),
        state=old_state(case.state),
        at=at,
        account_name=snapshot.account.name,
        segment=snapshot.account.segment,
        owner=snapshot.account.owner,
        score=snapshot.score,
        band=snapshot.band,
        arr_at_risk=_stake(case, snapshot),
        drivers=snapshot.drivers,
        actor=actor.name if actor else None,
        claim=actor.claim if actor else None,
        note=note,
        step=decision.change,
        rule=decision.signal.rule if decision.signal else case.opened_by,
        rule_version=decision.signal.version if decision.signal else case.rule_version,
        told=told,
        account_id=case.account_id,
        contract_id=case.contract_id,
        renews_on=case.renews_on,
        case_state=case.state,
        kind=case.kind,
        term_id=case.term_id,
        tier=case.tier,
    )


def _stake(case: Case, snapshot: HealthSnapshot) -> Money | None:
    renewal = renewal_of(case, snapshot)
    return renewal.arr_at_risk if renewal else None
