"""Every kind of signal goes all the way from an event to the outcome dimension, now and from history."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from radar_health_score.domain.metrics.catalogue import CATALOGUE, measure
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from tests.support.health_state import NOON, State, event

LATER = NOON + timedelta(hours=1)
MONEY = {"amount": 500.0, "currency": "EUR"}


def ago(days: float) -> str:
    return (NOON - timedelta(days=days)).isoformat()


def day(days: int) -> str:
    return (NOON + timedelta(days=days)).date().isoformat()


TICKET = {"ticket_id": "t", "status": "open"}
TERM = {"contract_id": "c", "starts_on": day(-400), "renews_on": day(-35), "mrr": MONEY, "seats": 5}
NEXT = {"contract_id": "d", "starts_on": day(-30), "renews_on": day(335), "mrr": MONEY, "seats": 8}
LOSS = {"contract_id": "c", "outcome": "churned", "on": day(-35), "reason": "price", "competitor": "other"}
SIGNALS: list[tuple[str, dict[str, Any], dict[str, float]]] = [
    ("ticket_updated", {**TICKET, "severity": "high"}, {"open_tickets": 1, "severe_open_tickets": 1}),
    ("ticket_updated", {**TICKET, "opened_at": ago(3)}, {"tickets_opened": 1}),
    ("ticket_updated", {**TICKET, "status": "solved", "complaint": True}, {"complaints": 1}),
    (
        "ticket_updated",
        {**TICKET, "status": "solved", "opened_at": ago(3), "solved_at": ago(1), "csat": 2.0},
        {"time_to_resolve_hours": 48, "csat_latest": 2, "csat_mean": 2, "csat_responses": 1},
    ),
    (
        "survey_answered",
        {"kind": "nps", "score": 3.0},
        {"nps_latest": 3, "nps_mean": 3, "nps_responses": 1},
    ),
    ("survey_answered", {"kind": "csat", "score": 4.0}, {"csat_latest": 4, "csat_mean": 4}),
    (
        "invoice_updated",
        {"invoice_id": "i", "due_on": day(-9), "amount": MONEY},
        {"invoices_overdue": 1, "longest_overdue_days": 9},
    ),
    ("milestone_reached", {"name": "live"}, {"milestones_reached": 1}),
    ("request_updated", {"request_id": "r", "kind": "money"}, {"open_requests": 1, "blocking_requests": 0}),
    ("request_updated", {"request_id": "r", "kind": "blocks_use"}, {"blocking_requests": 1}),
    (
        "promise_updated",
        {"promise_id": "p", "due_on": day(-1)},
        {"promises_overdue": 1, "promises_kept": 0},
    ),
    ("incident_updated", {"incident_id": "x", "severity": "high"}, {"incidents": 1, "incident_minutes": 0}),
    (
        "incident_updated",
        {"incident_id": "x", "started_at": ago(1), "ended_at": ago(0.5)},
        {"incidents": 1, "incident_minutes": 720},
    ),
    ("contract_updated", TERM, {"mrr": 500, "arr": 6000, "tenure_days": 400, "days_to_renewal": -35}),
    ("contract_closed", LOSS, {"terms_lost": 1, "terms_lost_to_competitor": 1, "renewals_so_far": 0}),
    ("contract_closed", {**LOSS, "outcome": "contracted"}, {"contractions_so_far": 1, "terms_lost": 0}),
]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    opened = State(f"sqlite:///{tmp_path / 'health.db'}")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("kind", "data", "told"), SIGNALS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_signal_reaches_the_outcomes(
    state: State, kind: str, data: dict[str, Any], told: dict[str, float]
) -> None:
    state.fold(event(kind, **data))
    for facts in (state.facts(LATER), state.facts_from_history(LATER)):
        readings = measure(facts, WorkspaceSettings())
        assert {name: readings[name] for name in told} == told
    assert {CATALOGUE[name].dimension for name in told} == {"outcomes"}


@pytest.mark.parametrize(
    ("kind", "data", "told"), SIGNALS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_before_it_was_told_it_is_missing(
    state: State, kind: str, data: dict[str, Any], told: dict[str, float]
) -> None:
    state.fold(event("login"), event(kind, at=NOON, known=LATER, **data))
    readings = measure(state.facts(NOON + timedelta(minutes=1)), WorkspaceSettings())
    assert all(isinstance(readings[name], Missing) for name in told)


def test_an_agreement_that_replaces_one_that_ended_tells_what_was_gained(state: State) -> None:
    paid = {**NEXT, "mrr": {"amount": 650.0, "currency": "EUR"}}
    old = NOON - timedelta(days=400)
    state.fold(event("contract_updated", at=old, **{**TERM, "renews_on": day(-31)}))
    state.fold(event("contract_updated", at=NOON - timedelta(days=30), **paid))
    state.fold(
        event(
            "contract_closed", at=NOON - timedelta(days=30), contract_id="c", outcome="churned", on=day(-30)
        )
    )
    readings = measure(state.facts(LATER), WorkspaceSettings())
    assert (readings["seats_gained"], readings["seats_change"]) == (3, pytest.approx(0.6))
    assert (readings["revenue_gained"], readings["revenue_change"]) == (150, pytest.approx(0.3))
