"""A contract id names a relationship that is renewed; metrics read its terms, one ``Contract`` each.

Every ``contract_updated`` is kept as a version. A closing ends a term, which is what the versions before it said;
what they say from then on is the next term, which is open.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Any

import msgspec

from radar_chassis.contracts.scalars import Money
from radar_health_score.domain.attributes import Stamped, State, merge_states
from radar_health_score.domain.entities import Entities, typed
from radar_health_score.domain.facts import Closing, Contract
from radar_health_score.domain.workspace_days import from_micros, to_micros


def contracts_of(entities: Entities) -> tuple[Contract, ...]:
    """Return every term of every contract: closed terms first (oldest first), then the present one."""
    versions = _by_contract(entities.get("contract", {}).values())
    closings = _by_contract(entities.get("closing", {}).values())
    terms: list[Contract] = []
    for contract_id in sorted(versions.keys() | closings.keys()):
        ended = sorted(closings.get(contract_id, ()), key=lambda closing: str(closing["on"].value))
        terms += _terms(contract_id, versions.get(contract_id, []), ended)
    return tuple(terms)


def _by_contract(states: Iterable[State]) -> dict[str, list[State]]:
    found: dict[str, list[State]] = {}
    for state in states:
        found.setdefault(state["contract_id"].value, []).append(state)
    return found


def _terms(contract_id: str, versions: list[State], closings: list[State]) -> list[Contract]:
    terms: list[Contract] = []
    rest = versions
    for closing in closings:
        shape = typed(closing, Closing)
        said = [version for version in versions if _belongs(version, closing, shape.on)]
        about = {id(version) for version in said}
        own = [version for version in rest if id(version) in about]
        rest = [version for version in rest if id(version) not in about]
        term = (
            typed(merge_states(said), Contract)
            if said
            else Contract(contract_id=contract_id, renews_on=shape.on)
        )
        terms.append(_following(term, own, terms[-1] if terms else None, closing=shape))
    present = merge_states(versions)
    if present and (not closings or _is_next_term(present, closings[-1])):
        terms.append(_following(typed(present, Contract), rest, terms[-1] if terms else None))
    return terms


def _following(
    term: Contract, own: list[State], before: Contract | None, closing: Closing | None = None
) -> Contract:
    """Return the term, begun no earlier than ``before`` ended, with its earlier amounts.

    ``own`` are its own versions, not those of terms before it. A term that begins without an amount of its own goes
    on with what the closing before it agreed.
    """
    changed: dict[str, Any] = {} if closing is None else {"closing": closing}
    told = [one["mrr"] for one in own if "mrr" in one]
    if len(told) > 1:
        told.sort(key=lambda amount: amount[1:])
    if before is not None and before.closing is not None:
        if term.starts_on is None or term.starts_on < before.closing.on:
            changed["starts_on"] = before.closing.on
        began = min((one["renews_on"][1:] for one in own), default=(0, 0, 0))
        if not told or told[0][1:] > began:
            agreed = before.closing.new_mrr or before.mrr
            told.insert(0, Stamped(msgspec.to_builtins(agreed), 0, 0, 0))
            changed["mrr"] = _money(told[-1].value)
    if len(told) > 1:
        changed["earlier_mrr"] = tuple(
            (from_micros(later.valid_at).date(), _money(amount.value))
            for amount, later in pairwise(told)
            if amount.value != later.value
        )
    return replace(term, **changed) if changed else term


def _money(value: object) -> Money | None:
    return None if value is None else msgspec.convert(value, Money)


def _belongs(version: State, closing: State, on: date) -> bool:
    starts_on = version.get("starts_on")
    if starts_on is not None and starts_on.value and date.fromisoformat(starts_on.value) >= on:
        return False
    last = min(closing["on"].valid_at, to_micros(datetime.combine(on, time(), UTC)))
    return version["contract_id"].valid_at < last


def _is_next_term(present: State, closing: State) -> bool:
    ended = date.fromisoformat(closing["on"].value)
    starts_on, renews_on = present.get("starts_on"), present["renews_on"]
    if starts_on is not None and starts_on.value and date.fromisoformat(starts_on.value) >= ended:
        return True
    said_after = renews_on.valid_at >= closing["on"].valid_at
    goes_on = closing["outcome"].value != "churned"
    return goes_on and said_after and date.fromisoformat(renews_on.value) > ended
