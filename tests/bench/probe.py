"""A probe: the few events that make a new account at risk, with a renewal near, so that its score and its alert follow."""

from datetime import UTC, datetime, timedelta
from typing import Any


def at_risk(account_id: str) -> list[dict[str, Any]]:
    """Return native events about an unhappy customer: silent for weeks, complaints open, invoices overdue."""
    now = datetime.now(UTC)

    def ago(days: int) -> str:
        return (now - timedelta(days=days)).isoformat()

    def day(days: int) -> str:
        return (now + timedelta(days=days)).date().isoformat()

    def event(
        number: int, kind: str, data: dict[str, Any], at: int = 0, user: str | None = None
    ) -> dict[str, Any]:
        who = {} if user is None else {"user_id": f"{account_id}-{user}"}
        identity = {"id": f"{account_id}-{number}", "type": kind, "account_id": account_id, **who}
        return {**identity, "occurred_at": ago(at), "data": data}

    mrr = {"amount": 4000.0, "currency": "EUR"}
    contract = {"contract_id": "c1", "starts_on": day(-330), "renews_on": day(35), "mrr": mrr, "seats": 40}
    ticket = {"status": "open", "severity": "critical", "complaint": True, "opened_at": ago(25)}
    return [
        event(1, "account_updated", {"name": account_id, "segment": "mid", "owner": {"name": "Ana"}}, at=300),
        event(2, "contract_updated", contract, at=300),
        event(3, "feature_used", {"feature": "report"}, at=45, user="1"),
        event(4, "feature_used", {"feature": "report"}, at=50, user="2"),
        event(5, "ticket_updated", {"ticket_id": "t1", **ticket}, at=25),
        event(6, "ticket_updated", {"ticket_id": "t2", **ticket}, at=20),
        event(7, "survey_answered", {"kind": "nps", "score": 0}, at=10),
        event(8, "survey_answered", {"kind": "csat", "score": 1}, at=9),
        event(9, "invoice_updated", {"invoice_id": "i1", "due_on": day(-40)}, at=60),
    ]
