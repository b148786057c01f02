"""Expired entities: no metric can see them any more, only that there was one of their kind.

So an account's tickets, surveys, invoices, requests and incidents cost a score no more for all that ever were. When one
expires follows from what was told of it and from how far back the metrics look; promises are counted for ever.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from radar_health_score.domain.account.attributes import State
from radar_health_score.domain.account.entities import Entities
from radar_health_score.domain.account.facts import WINDOW_DAYS
from radar_health_score.domain.metrics.support import TICKETS_COUNT_FOR, is_finished
from radar_health_score.domain.metrics.surveys import ANSWERS_COUNT_FOR
from radar_health_score.domain.workspace.workspace_days import to_micros

# Rows are stored with it: to let one expire later than an earlier release did, a migration sets those stored to this.
NEVER_EXPIRES: Final = 2**62
_DAY: Final = 86_400_000_000
_EPOCH: Final = date(1970, 1, 1).toordinal()


def expires_from(kind: str, state: State) -> int:
    """Return the moment (microseconds since 1970) from which a thing can only be counted as one of its kind.

    NEVER_EXPIRES where metrics go on seeing it. A later event about it may bring it back.
    """
    over = _OVER.get(kind)
    seen_until = None if over is None else over(state)
    return NEVER_EXPIRES if seen_until is None else seen_until + 1


def without_expired(entities: Entities, as_of: int) -> tuple[Entities, frozenset[str]]:
    """Return what metrics can see at the moment ``as_of``, and the kinds of which something has expired."""
    seen = dict(entities)
    expired_kinds: set[str] = set()
    for kind in _OVER.keys() & entities.keys():
        seen[kind] = {
            entity_id: state
            for entity_id, state in entities[kind].items()
            if expires_from(kind, state) > as_of
        }
        if len(seen[kind]) < len(entities[kind]):
            expired_kinds.add(kind)
    return seen, frozenset(expired_kinds)


def _ticket(state: State) -> int | None:
    if _value(state, "status") != "solved":
        return None
    rated = _value(state, "csat") is not None
    return _last(state, "opened_at", "solved_at") + _micros(ANSWERS_COUNT_FOR if rated else TICKETS_COUNT_FOR)


def _survey(state: State) -> int | None:
    return state["score"].valid_at + _micros(ANSWERS_COUNT_FOR)


def _invoice(state: State) -> int | None:
    """A paid one is late for nobody once the day of payment has begun in every time zone."""
    paid_on = _value(state, "paid_on")
    if paid_on is None:
        return None
    return (date.fromisoformat(str(paid_on)).toordinal() + 1 - _EPOCH) * _DAY


def _request(state: State) -> int | None:
    return _last(state) if is_finished(str(_value(state, "status") or "")) else None


def _incident(state: State) -> int | None:
    if _value(state, "started_at") is not None and _value(state, "ended_at") is None:
        return None
    return _last(state, "started_at", "ended_at") + WINDOW_DAYS * _DAY


_OVER: Final[Mapping[str, Callable[[State], int | None]]] = {
    "ticket": _ticket,
    "survey": _survey,
    "invoice": _invoice,
    "request": _request,
    "incident": _incident,
}
PASSING_KINDS: Final = frozenset(_OVER)


def _value(state: State, field: str) -> object:
    stamped = state.get(field)
    return None if stamped is None else stamped.value


def _last(state: State, *fields: str) -> int:
    """Return the latest of the moments in ``fields`` and of those at which something was told."""
    told = [stamped.valid_at for stamped in state.values()]
    dated = (_value(state, field) for field in fields)
    return max([*told, *(to_micros(msgspec.convert(one, datetime)) for one in dated if one is not None)])


def _micros(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
