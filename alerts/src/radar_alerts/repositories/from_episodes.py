"""Turns the episodes of 0.1.0 into cases of the same id, so that their timelines and deliveries stay theirs."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select

from radar_alerts.domain.cases.case import BAND, Acknowledgement, Actor, Case, LastNotice, Signal
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.repositories import case_rows
from radar_alerts.repositories.case_rows import CaseWithSnapshot
from radar_alerts.repositories.tables import ALERTS
from radar_vocabulary.contracts.alerts import CaseState
from radar_vocabulary.contracts.health import HealthSnapshot, decode_snapshot
from radar_vocabulary.language.messages import message

# A reason that 0.1.0 wrote down and nothing says any more: its translations are kept for old timelines.
NEXT_CONTRACT: Final = message("resolved: the account's next renewal is another contract")
_NO_CONTRACT: Final = "-"
_PAGE: Final = 500
_ENDS: Final[dict[str | None, CaseState]] = {
    "renewed": "renewed",
    "churned": "lost",
    "false_alarm": "dismissed",
    "other": "dismissed",
}


def copy(connection: Connection) -> None:
    """Copy every episode; a running one counts as announced where its owner was told."""
    after = ""
    while page := list(_page(connection, after)):
        case_rows.write(connection, [_case(row) for row in page], CasePolicy())
        after = page[-1]["alert_id"]


def _page(connection: Connection, after: str) -> Iterator[RowMapping]:
    query = select(ALERTS).where(ALERTS.c.alert_id > after).order_by(ALERTS.c.alert_id).limit(_PAGE)
    yield from connection.execute(query).mappings()


def _case(row: RowMapping) -> CaseWithSnapshot:
    snapshot = decode_snapshot(row["snapshot"])
    return CaseWithSnapshot(case=Case(**_fields(row, snapshot)), snapshot=snapshot)


def _fields(row: RowMapping, snapshot: HealthSnapshot) -> dict[str, Any]:
    renewal = snapshot.renewal
    contract = None if row["contract_id"] == _NO_CONTRACT else row["contract_id"]
    state: CaseState = row["state"] if row["state"] != "resolved" else _ENDS.get(row["outcome"], "recovered")
    by = Actor(name=row["acknowledged_by"] or "")
    return {
        "case_id": row["alert_id"],
        "account_id": row["account_id"],
        "kind": "renewal",
        "contract_id": contract,
        "term_id": renewal.term_id if renewal else None,
        "state": state,
        "sequence": row["sequence"],
        "severity": row["severity"],
        "renews_on": renewal.renews_on if renewal else None,
        "notice_by": renewal.notice_by if renewal else None,
        "opened_by": BAND,
        "rule_version": "0.1.0",
        "opened_at": row["opened_at"],
        "changed_at": row["changed_at"],
        "signals": (
            Signal(
                rule=BAND,
                version="0.1.0",
                opens=True,
                severity=row["severity"],
                playbook="",
                raised_at=row["opened_at"],
                cleared_at=row["resolved_at"],
            ),
        ),
        "tier": "now" if row["announced_at"] else None,
        "announced_at": row["announced_at"],
        "acknowledgement": Acknowledgement(
            by=by, at=row["changed_at"], until=row["changed_at"] + CasePolicy().acknowledged_for
        )
        if state == "acknowledged"
        else None,
        "snoozed_until": row["snoozed_until"],
        "escalated_at": row["escalated_at"],
        "owner": snapshot.account.owner,
        "last_notice": _last_notice(row, snapshot),
        "ended_at": row["resolved_at"],
        "ended_by": Actor(name=row["resolved_by"]) if row["resolved_by"] else None,
        "outcome_reason": row["outcome"],
    }


def _last_notice(row: RowMapping, snapshot: HealthSnapshot) -> LastNotice | None:
    if row["announced_at"] is None:
        return None
    probability = snapshot.renewal.probability if snapshot.renewal else None
    return LastNotice(
        at=row["announced_at"],
        score=snapshot.score,
        churn_probability=None if probability is None else 1 - probability,
        source=snapshot.renewal.source if snapshot.renewal else None,
        cause=None,
    )
