"""Merged attributes, given the types that metrics read. A field that was cleared takes its default."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec import Struct

from radar_health_score.domain.account.attributes import State
from radar_health_score.domain.account.facts import (
    Incident,
    Invoice,
    Profile,
    Promise,
    Request,
    SurveyAnswer,
    Ticket,
)
from radar_health_score.domain.workspace.workspace_days import from_micros
from radar_vocabulary.contracts.scalars import Role

T = TypeVar("T")
D = TypeVar("D", Ticket, Incident)
Entities = Mapping[str, Mapping[str, State]]


class NamedUser(Struct, frozen=True):
    """What was said about a user."""

    role: Role | None = None
    name: str | None = None
    left_at: datetime | None = None


def typed(state: State, kind: type[T]) -> T:
    """Return the state as a ``kind``."""
    values = {field: stamped.value for field, stamped in state.items() if stamped.value is not None}
    return msgspec.convert(values, kind)


def profile_of(entities: Entities) -> Profile:
    """Return the account's own attributes."""
    state = entities.get("account", {}).get("")
    return typed(state, Profile) if state else Profile()


def tickets_of(entities: Entities) -> tuple[Ticket, ...]:
    """Return every ticket."""
    return _dated(entities, "ticket", Ticket)


def invoices_of(entities: Entities) -> tuple[Invoice, ...]:
    """Return every invoice."""
    return _all(entities, "invoice", Invoice)


def promises_of(entities: Entities) -> tuple[Promise, ...]:
    """Return every promise."""
    return _all(entities, "promise", Promise)


def requests_of(entities: Entities) -> tuple[Request, ...]:
    """Return every request."""
    return _all(entities, "request", Request)


def incidents_of(entities: Entities) -> tuple[Incident, ...]:
    """Return every incident."""
    return _dated(entities, "incident", Incident)


def milestones_of(entities: Entities) -> tuple[str, ...]:
    """Return the names of the milestones reached."""
    return tuple(sorted(entities.get("milestone", {})))


def surveys_of(entities: Entities) -> tuple[SurveyAnswer, ...]:
    """Return every answer, oldest first."""
    answers = [
        SurveyAnswer(
            kind=state["kind"].value, score=state["score"].value, at=from_micros(state["score"].valid_at)
        )
        for state in entities.get("survey", {}).values()
    ]
    return tuple(sorted(answers, key=lambda answer: answer.at))


def _all(entities: Entities, kind: str, shape: type[T]) -> tuple[T, ...]:
    states = entities.get(kind, {})
    return tuple(typed(states[entity_id], shape) for entity_id in sorted(states))


def _dated(entities: Entities, kind: str, shape: type[D]) -> tuple[D, ...]:
    """Like ``_all``, each with the moment of the latest word on it: senders often leave out other dates."""
    states = entities.get(kind, {})
    return tuple(
        replace(typed(state, shape), told_at=from_micros(max(stamped.valid_at for stamped in state.values())))
        for _, state in sorted(states.items())
    )
