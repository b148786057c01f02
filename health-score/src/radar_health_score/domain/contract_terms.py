"""A contract id names a relationship that is renewed; metrics read its terms, one ``Contract`` each.

Every ``contract_updated`` is kept as a version. A closing ends a term, which is what the versions before it said;
what they say from then on is the next term, which is open.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time

from radar_health_score.domain.attributes import State, merge_states
from radar_health_score.domain.entities import Entities, typed
from radar_health_score.domain.facts import Closing, Contract
from radar_health_score.domain.workspace_days import to_micros


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
    ended = _ended_terms(contract_id, versions, closings)
    if not versions:
        return ended
    present = merge_states(versions)
    if not closings or _is_next_term(present, closings[-1]):
        return [*ended, typed(present, Contract)]
    return ended


def _ended_terms(contract_id: str, versions: list[State], closings: list[State]) -> list[Contract]:
    terms: list[Contract] = []
    for closing in closings:
        shape = typed(closing, Closing)
        said = merge_states(version for version in versions if _belongs(version, closing, shape.on))
        term = typed(said, Contract) if said else Contract(contract_id=contract_id, renews_on=shape.on)
        before = terms[-1].closing.on if terms and terms[-1].closing else None
        starts_on = max(filter(None, (term.starts_on, before)), default=None)
        terms.append(replace(term, starts_on=starts_on, closing=shape))
    return terms


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
