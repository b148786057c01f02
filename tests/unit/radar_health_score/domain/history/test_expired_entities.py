"""What is over isn't looked at any more, and no metric notices."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from radar_health_score.domain.account.attributes import KIND_OF, Patch, State, apply_patch, entity_id_of
from radar_health_score.domain.account.entities import (
    incidents_of,
    invoices_of,
    requests_of,
    surveys_of,
    tickets_of,
)
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.history.account_state import AccountState
from radar_health_score.domain.history.expired_entities import NEVER_EXPIRES, expires_from
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, from_micros, to_micros
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.event_record import EventRecord, decode_data
from tests.support.health_state import event
from tests.support.raw_histories import START, moments, raw_histories

DAY = timedelta(days=1)
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def told(record: EventRecord) -> Patch:
    kind, data = KIND_OF[record.type], decode_data(record.type, bytes(record.data))
    return Patch(
        kind=kind,
        entity_id=entity_id_of(kind, data, user_id=record.user_id, event_id=record.id),
        valid_at=to_micros(record.occurred_at),
        known_at=to_micros(record.known_at),
        position=0,
        data=data,
    )


def state_of(records: Iterable[EventRecord], as_of: datetime, zone: str) -> AccountState:
    state = AccountState("acme", {}, WorkspaceDays(zone))
    for record in records:
        if record.type in KIND_OF and max(record.occurred_at, record.known_at) <= as_of:
            state.add_patch(told(record))
    return state


def whole(facts: AccountFacts, state: AccountState) -> AccountFacts:
    """Return the facts with everything that was ever told of."""
    entities = state.entities
    return replace(
        facts,
        tickets=tickets_of(entities),
        surveys=surveys_of(entities),
        invoices=invoices_of(entities),
        requests=requests_of(entities),
        incidents=incidents_of(entities),
        expired_kinds=frozenset(),
    )


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(
    history=raw_histories,
    moment=st.one_of(moments, st.integers(0, 900).map(lambda days: START + days * DAY)),
    zone=st.sampled_from(["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"]),
)
def test_every_metric_is_the_same_as_if_everything_was_looked_at(
    history: list[EventRecord], moment: datetime, zone: str
) -> None:
    state = state_of(history, moment, zone)
    facts = state.facts(moment, state.days.through(moment), lambda _name: True)
    workspace = WorkspaceSettings(time_zone=zone)
    assert measure(facts, workspace) == measure(whole(facts, state), workspace)


def over(event_type: str, **data: Any) -> datetime | None:
    """Return when what was told at AT rests."""
    patch = told(event(event_type, at=AT, **data))
    state: State = {}
    apply_patch(state, patch)
    moment = expires_from(patch.kind, state)
    return None if moment == NEVER_EXPIRES else from_micros(moment)


@pytest.mark.parametrize(
    ("event_type", "data"),
    [
        ("ticket_updated", {"ticket_id": "t", "status": "open", "opened_at": "2019-01-01T00:00:00Z"}),
        ("invoice_updated", {"invoice_id": "i", "due_on": "2019-01-01"}),
        ("request_updated", {"request_id": "r", "status": "planned"}),
        ("promise_updated", {"promise_id": "p", "kept_on": "2019-01-01"}),
        ("incident_updated", {"incident_id": "x", "started_at": "2019-01-01T00:00:00Z"}),
        ("milestone_reached", {"name": "live"}),
        ("account_updated", {"name": "Acme"}),
    ],
)
def test_what_still_counts_never_rests(event_type: str, data: dict[str, Any]) -> None:
    assert over(event_type, **data) is None


@pytest.mark.parametrize(
    ("event_type", "data", "seen_for"),
    [
        ("ticket_updated", {"ticket_id": "t", "status": "solved"}, 90 * DAY),
        ("ticket_updated", {"ticket_id": "t", "status": "solved", "csat": 2}, 365 * DAY),
        (
            "ticket_updated",
            {"ticket_id": "t", "status": "solved", "solved_at": "2026-03-05T12:00:00Z"},
            94 * DAY,
        ),
        ("survey_answered", {"kind": "nps", "score": 3}, 365 * DAY),
        ("request_updated", {"request_id": "r", "status": "Shipped"}, 0 * DAY),
        ("incident_updated", {"incident_id": "x", "ended_at": "2026-03-02T12:00:00Z"}, 29 * DAY),
        ("incident_updated", {"incident_id": "x"}, 28 * DAY),
    ],
)
def test_what_is_over_is_seen_as_long_as_a_metric_looks_back(
    event_type: str, data: dict[str, Any], seen_for: timedelta
) -> None:
    assert over(event_type, **data) == AT + seen_for + timedelta(microseconds=1)


def test_a_paid_invoice_rests_when_the_day_of_payment_has_begun_everywhere() -> None:
    moment = over("invoice_updated", invoice_id="i", due_on="2026-02-01", paid_on="2026-03-09")
    assert moment == datetime(2026, 3, 10, 0, 0, 0, 1, UTC)
