"""The terms of contracts as they were first written down: plain, and quadratic in the number of terms."""

from datetime import UTC, date, datetime, time

from radar_health_score.domain.attributes import State, merge_states
from radar_health_score.domain.contract_terms import _following, _is_next_term, _renewed_on, _successive
from radar_health_score.domain.entities import Entities, typed
from radar_health_score.domain.facts import Closing, Contract
from radar_health_score.domain.workspace_days import to_micros


def reference_contracts(entities: Entities) -> tuple[Contract, ...]:
    """Return what ``contracts_of`` must return."""
    versions, closings = (list(entities.get(kind, {}).values()) for kind in ("contract", "closing"))
    terms: list[Contract] = []
    for contract_id in sorted({state["contract_id"].value for state in versions + closings}):
        ended = [one for one in closings if one["contract_id"].value == contract_id]
        ended.sort(key=lambda closing: str(closing["on"].value))
        terms += _terms(
            contract_id, [one for one in versions if one["contract_id"].value == contract_id], ended
        )
    return tuple(terms)


def _terms(contract_id: str, versions: list[State], closings: list[State]) -> list[Contract]:
    terms: list[Contract] = []
    rest, base = versions, list[State]()
    for closing in closings:
        shape = typed(closing, Closing)
        said = [version for version in versions if _belongs(version, closing, shape.on)]
        own = [version for version in rest if any(version is one for one in said)]
        rest = [version for version in rest if not any(version is one for one in said)]
        *earlier, last = _turns(base, own)
        _add(terms, earlier)
        state = last[0] if earlier else merge_states(said)
        term = typed(state, Contract) if state else Contract(contract_id=contract_id, renews_on=shape.on)
        terms.append(_following(term, last[1], terms[-1] if terms else None, closing=shape))
        base = said
    done = [one for one in versions if not any(one is other for other in rest)]
    for turn in _turns(done, rest):
        if turn[0] and (not closings or _is_next_term(turn[0], closings[-1])):
            _add(terms, [turn])
    return terms


def _turns(base: list[State], own: list[State]) -> list[tuple[State, list[State], Closing | None]]:
    """Return (what is said, its own versions, how it went on) of each term told one after the other."""
    successive = _successive(own)
    found: list[tuple[State, list[State], Closing | None]] = []
    for at, mine in enumerate(successive):
        said = merge_states([*base, *successive[0]])
        for turn in successive[1 : at + 1]:
            said = {**said, **merge_states(turn)}
        goes_on = _renewed_on(successive[at + 1]) if at + 1 < len(successive) else None
        found.append((said, mine, goes_on))
    return found


def _add(terms: list[Contract], turns: list[tuple[State, list[State], Closing | None]]) -> None:
    for said, own, goes_on in turns:
        terms.append(_following(typed(said, Contract), own, terms[-1] if terms else None, closing=goes_on))


def _belongs(version: State, closing: State, on: date) -> bool:
    starts_on = version.get("starts_on")
    if starts_on is not None and starts_on.value and date.fromisoformat(starts_on.value) >= on:
        return False
    last = min(closing["on"].valid_at, to_micros(datetime.combine(on, time(), UTC)))
    return version["contract_id"].valid_at < last
