"""Made-up histories of raw events of every type, some of them late, for property tests.

Hypothesis draws a seed and a size; the events come from dice, many at a time and close enough together that every
metric has something to count.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from hypothesis import strategies as st

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_state import event

START: Final = datetime(2025, 3, 1, tzinfo=UTC)
# The day around which most happens: more than a year of days lies before it.
BUSY_DAY: Final = 400
DAY_MINUTES: Final = 24 * 60
Dice = Callable[[Random], Any]


def made_up(seed: int, size: int) -> list[EventRecord]:
    """Return an account's events, no two attribute events of the same moment."""
    dice = Random(seed)
    makers = [_use] * 5 + [_told] * 4
    events = [dice.choice(makers)(dice) for _ in range(size)]
    for contract_id in ("c1", "c2", "c3", "c4")[: dice.randint(0, 4)]:
        events += _contract(dice, contract_id)
    kept: dict[Any, EventRecord] = {}
    for one in events:
        use = one.type in {"login", "feature_used", "session_ended"}
        kept.setdefault(one.id if use else one.occurred_at, one)
    return list(kept.values())


raw_histories = st.builds(made_up, st.integers(0, 2**32), st.integers(1, 120))
moments = st.one_of(st.integers(-5, 5), st.integers(-60, 40)).flatmap(
    lambda day: st.integers(0, 23).map(lambda hour: START + timedelta(days=BUSY_DAY + day, hours=hour))
)


def _when(dice: Random) -> datetime:
    """Some days before the busy day or after it: a few, weeks, months, more than a year."""
    reach = dice.choice([4, 30, 120, 120, 400])
    day = BUSY_DAY + dice.randint(-reach, min(reach, 40))
    return START + timedelta(days=day, minutes=dice.randrange(DAY_MINUTES))


def _late(dice: Random) -> timedelta:
    return timedelta(minutes=dice.choice([0, 0, 0, dice.randrange(12 * DAY_MINUTES)]))


def _span(dice: Random) -> timedelta:
    return timedelta(minutes=dice.randrange(dice.choice([1, 60]) * DAY_MINUTES))


def _one_of(*values: Any) -> Dice:
    return lambda dice: dice.choice(values)


def _or_cleared(values: Dice) -> Dice:
    return lambda dice: None if dice.random() < 0.2 else values(dice)


def _use(dice: Random) -> EventRecord:
    at, kind = _when(dice), dice.choice(["login", "feature_used", "session_ended"])
    data: dict[str, Any] = {}
    if kind == "feature_used":
        data = {"feature": dice.choice(["export", "import", "report"]), "count": dice.randint(0, 9)}
    if kind != "login":
        data["seconds"] = dice.choice([0.0, 0.5, 90.25])
    return event(
        kind, user=dice.choice(["ann", "ann", "bob", "cleo", None]), at=at, known=at + _late(dice), **data
    )


def _told(dice: Random) -> EventRecord:
    at, kind = _when(dice), dice.choice(sorted(_SIGNALS))
    data = {name: values(dice) for name, values in _SIGNALS[kind].items()}
    for name, value in data.items():
        if isinstance(value, timedelta):
            data[name] = (at - value if name.endswith("_at") else (at + value).date()).isoformat()
    if kind == "incident_updated":
        data = {name: value for name, value in data.items() if name == "incident_id" or dice.random() < 0.8}
    if data.get("started_at") and data.get("ended_at"):
        data["started_at"], data["ended_at"] = sorted((data["started_at"], data["ended_at"]))
    user = dice.choice(["ann", "bob", "cleo", "dora"]) if kind == "user_updated" else None
    return event(kind, user=user, at=at, known=at + _late(dice), **data)


_SIGNALS: Final[dict[str, dict[str, Dice]]] = {
    "account_updated": {"north_star_target": _or_cleared(_one_of(0.0, 10.0, 40.0))},
    "user_updated": {
        "kind": lambda dice: "service" if dice.random() < 0.1 else None,
        "role": _or_cleared(_one_of("decision_maker", "manager", "executor")),
        "left_at": lambda dice: dice.choice((1, 1, -1)) * _span(dice) if dice.random() < 0.15 else None,
    },
    "ticket_updated": {
        "ticket_id": _one_of("t1", "t2", "t3"),
        "status": _one_of("open", "solved"),
        "severity": _or_cleared(_one_of("low", "high", "critical")),
        "complaint": _one_of(True, False, None),
        "opened_at": _or_cleared(_span),
        "solved_at": _or_cleared(_span),
        "csat": _or_cleared(_one_of(1.0, 2.0, 5.0)),
    },
    "survey_answered": {"kind": _one_of("nps", "nps", "csat"), "score": _one_of(1.0, 3.0, 5.0)},
    "invoice_updated": {
        "invoice_id": _one_of("i1", "i2", "i3"),
        "due_on": _span,
        "paid_on": _or_cleared(_span),
        "amount": _one_of(None, {"amount": 0.0, "currency": "EUR"}, {"amount": 5.0, "currency": "EUR"}),
    },
    "milestone_reached": {"name": _one_of("onboarded", "live")},
    "request_updated": {
        "request_id": _one_of("r1", "r2", "r3"),
        "kind": _or_cleared(_one_of("blocks_use", "money")),
        "status": _or_cleared(_one_of("new", "shipped")),
    },
    "promise_updated": {
        "promise_id": _one_of("p1", "p2", "p3"),
        "due_on": _or_cleared(_span),
        "kept_on": lambda dice: _span(dice) if dice.random() < 0.4 else None,
    },
    "incident_updated": {
        "incident_id": _one_of("x1", "x2", "x3"),
        "started_at": _or_cleared(_span),
        "ended_at": _or_cleared(_span),
    },
}


def _contract(dice: Random, contract_id: str) -> list[EventRecord]:
    """A contract told once, on its first day, and perhaps how it ended."""
    at = _when(dice).replace(hour=0)
    ends = at.date() + timedelta(days=dice.randint(5, 150))
    # A product of its own: of two agreements on one product the later may take the place of the earlier.
    told: dict[str, Any] = {
        "product": contract_id,
        "starts_on": at.date().isoformat(),
        "renews_on": ends.isoformat(),
    }
    if dice.random() < 0.8:
        told["mrr"] = {"amount": float(dice.choice([0, 70, 500, 9_000])), "currency": "EUR"}
    if dice.random() < 0.8:
        told["seats"] = dice.choice([0, 1, 4, 20])
    events = [event("contract_updated", at=at, known=at + _late(dice), contract_id=contract_id, **told)]
    if dice.random() < 0.6:
        closed = {"outcome": dice.choice(["renewed", "expanded", "contracted", "churned", "churned"])}
        if dice.random() < 0.5:
            closed["competitor"] = "other"
        done = datetime.combine(ends, at.time(), UTC)
        more = {"contract_id": contract_id, "on": ends.isoformat(), **closed}
        events.append(event("contract_closed", at=done, known=done + _late(dice), **more))
    return events
