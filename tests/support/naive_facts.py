"""An account's facts by the slowest, plainest reading of its events, in the form of ``comparable``."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from radar_health_score.domain.account.facts import LOGIN, SESSION, USAGE_DAYS, Profile, Ticket
from radar_health_score.domain.account.year_use import YEAR_DAYS
from radar_health_score.domain.metrics.support import TICKETS_COUNT_FOR
from radar_vocabulary.contracts.event_record import EventRecord

USE = ("login", "feature_used", "session_ended")


def naive_facts(
    records: Iterable[EventRecord], as_of: datetime, key_features: frozenset[str]
) -> dict[str, Any]:
    """Return what could be known at ``as_of``; days are UTC. Knows use, account, user and ticket events."""
    records = list(records)
    through = (as_of - timedelta(microseconds=1)).date()
    use = [
        (one, msgspec.json.decode(one.data))
        for one in records
        if "updated" not in one.type and one.occurred_at.date() <= through and one.known_at.date() <= through
    ]
    told = sorted(
        (one for one in records if "updated" in one.type and max(one.occurred_at, one.known_at) <= as_of),
        key=lambda one: one.occurred_at,
    )
    first = min((one.occurred_at for one, _ in use), default=None)
    last = max((one.occurred_at for one, _ in use), default=None)
    tickets = _tickets(told)
    seen = tuple(one for one in tickets if one.status != "solved" or one.told_at >= as_of - TICKETS_COUNT_FOR)
    days = sorted({one.occurred_at.date() for one, _ in use})
    return {
        "as_of": as_of,
        "through": through,
        "profile": Profile(**_state(told, "account_updated", {})),
        "usage": [
            _day(day, [(one, data) for one, data in use if one.occurred_at.date() == day])
            for day in days
            if day > through - timedelta(days=USAGE_DAYS)
        ],
        "year": [
            _day_of_year(day, [(one, data) for one, data in use if one.occurred_at.date() == day])
            for day in days
            if day > through - timedelta(days=YEAR_DAYS)
        ],
        "people": _people(use, told, key_features),
        "contracts": (),
        "tickets": seen,
        "surveys": (),
        "invoices": (),
        "milestones": (),
        "requests": (),
        "promises": (),
        "incidents": (),
        "resting": frozenset({"ticket"} if len(seen) < len(tickets) else ()),
        "first": None if first is None else min(first, as_of),
        "last": None if last is None else min(last, as_of),
    }


def _tickets(told: list[EventRecord]) -> list[Ticket]:
    return [
        Ticket(
            **_state(told, "ticket_updated", {"ticket_id": ticket}),
            told_at=max(
                one.occurred_at for one in told if _says(one, "ticket_updated", {"ticket_id": ticket})
            ),
        )
        for ticket in ("t1", "t2")
        if any(_says(one, "ticket_updated", {"ticket_id": ticket}) for one in told)
    ]


def _name(one: EventRecord, data: dict[str, Any]) -> str:
    return str(data["feature"]) if "feature" in data else LOGIN if one.type == "login" else SESSION


def _day(day: Any, use: list[tuple[EventRecord, dict[str, Any]]]) -> tuple[Any, ...]:
    features: dict[str, Any] = {}
    for name in {_name(one, data) for one, data in use}:
        mine = [(one, data) for one, data in use if _name(one, data) == name]
        uses = sum(data.get("count", 1) for _, data in mine)
        millis = sum(round(data.get("seconds", 0) * 1000) for _, data in mine)
        features[name] = (uses, millis / 1000, sorted({one.user_id for one, _ in mine if one.user_id}))
    users = sorted({one.user_id for one, _ in use if one.user_id})
    return day, features, users, {user: sum(1 for one, _ in use if one.user_id == user) for user in users}


def _day_of_year(day: Any, use: list[tuple[EventRecord, dict[str, Any]]]) -> tuple[Any, ...]:
    uses = {kind: sum(data.get("count", 1) for one, data in use if one.type == kind) for kind in USE}
    millis = {
        kind: sum(round(data.get("seconds", 0) * 1000) for one, data in use if one.type == kind)
        for kind in USE
    }
    return (
        day.toordinal(),
        uses["feature_used"] or uses["login"] + uses["session_ended"],
        len({one.user_id for one, _ in use if one.user_id}),
        (millis["session_ended"] or sum(millis.values())) / 1000,
    )


def _people(use: Any, told: list[EventRecord], key_features: frozenset[str]) -> list[Any]:
    users = {one.user_id for one, _ in use} | {one.user_id for one in told if one.type == "user_updated"}
    people = []
    for user in sorted(users - {None}):
        days = sorted(one.occurred_at.date() for one, _ in use if one.user_id == user)
        key = sorted(
            one.occurred_at.date()
            for one, data in use
            if one.user_id == user and data.get("feature") in key_features
        )
        name = _state([one for one in told if one.user_id == user], "user_updated", {}).get("name")
        people.append(
            (
                user,
                None,
                name,
                None,
                *(each[0] if each else None for each in (days, key)),
                days[-1] if days else None,
            )
        )
    return people


def _says(one: EventRecord, event_type: str, same: dict[str, str]) -> bool:
    return one.type == event_type and same.items() <= msgspec.json.decode(one.data).items()


def _state(told: list[EventRecord], event_type: str, same: dict[str, str]) -> dict[str, Any]:
    state: dict[str, Any] = {}
    for one in told:
        if _says(one, event_type, same):
            state.update(msgspec.json.decode(one.data))
    return {name: value for name, value in state.items() if value is not None}
