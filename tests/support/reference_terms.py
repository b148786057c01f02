"""The terms of contracts, every version looked at again for every closing: plain, and quadratic in their number."""

from datetime import UTC, date, datetime, time

from radar_health_score.domain.account.attributes import State, merge_states
from radar_health_score.domain.account.entities import Entities, typed
from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.contract_terms import _following, _is_next_term
from radar_health_score.domain.workspace.workspace_days import to_micros


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

    def add(said: State, own: list[State], closing: Closing | None) -> None:
        term = typed(said, Contract) if said or closing is None else None
        term = term or Contract(contract_id=contract_id, renews_on=closing.on if closing else date.max)
        terms.append(_following(term, own, terms[-1] if terms else None, closing=closing))

    rest, early, base = versions, list[State](), State()
    for closing in closings:
        shape = typed(closing, Closing)
        said = [one for one in versions if _belongs(one, closing, shape.on)]
        own = early + _those(rest, said)
        rest = _those_not(rest, said)
        turns = _turns(own)
        states = _states(merge_states([base, *own]) if early else merge_states(said), base, turns)
        begun = [
            at
            for at, turn in enumerate(turns)
            if at == 0 or not (starts := _start(turn)) or starts < shape.on
        ]
        ended = min(begun, key=lambda at: abs((_renewal(states[at]) - shape.on).days)) if begun[1:] else 0
        for at in range(ended):
            add(states[at], turns[at], Closing(on=_begins(turns[at + 1]), outcome="renewed"))
        add(states[ended], turns[ended], shape)
        base, early = states[ended], [one for turn in turns[ended + 1 :] for one in turn]
    goes_on = not closings or (early and closings[-1]["outcome"].value != "churned")
    own = early + rest
    base = merge_states(_those_not(versions, own))
    turns = _turns(own)
    states = _states(merge_states([base, *own]), base, turns)
    for at, (state, turn) in enumerate(zip(states, turns, strict=True)):
        if state and (goes_on or _is_next_term(state, closings[-1])):
            renewed = Closing(on=_begins(turns[at + 1]), outcome="renewed") if turns[at + 1 :] else None
            add(state, turn, renewed)
    return terms


def _turns(versions: list[State]) -> list[list[State]]:
    """Return the versions term by term: a new start on or after the date that stood last begins another one."""
    turns: list[list[State]] = [[]]
    for version in sorted(versions, key=_told):
        starts = _start([version])
        home = next((turn for turn in turns if starts and starts == _start(turn)), turns[-1])
        if turns[-1] and starts and starts != _start(home) and starts >= _renewal(turns[-1][-1]):
            home = []
            turns.append(home)
        home.append(version)
    return turns


def _states(alone: State, base: State, turns: list[list[State]]) -> list[State]:
    """Return what is said of each term; what is said of one after the next was told isn't about the next."""
    if len(turns) == 1:
        return [alone]
    states = [merge_states([base, *turns[0]])]
    for turn in turns[1:]:
        states.append({**states[-1], **merge_states(turn)})
    return states


def _those(versions: list[State], some: list[State]) -> list[State]:
    return [one for one in versions if any(one is other for other in some)]


def _those_not(versions: list[State], some: list[State]) -> list[State]:
    return [one for one in versions if not any(one is other for other in some)]


def _told(version: State) -> tuple[int, int, int]:
    told = version["contract_id"]
    return told.valid_at, told.known_at, told.position


def _start(turn: list[State]) -> date | None:
    """Return the start that was told of last in a term; None where none was."""
    values = [one["starts_on"].value for one in turn if "starts_on" in one]
    return next((date.fromisoformat(str(one)) for one in reversed(values) if one), None)


def _begins(turn: list[State]) -> date:
    return date.fromisoformat(str(turn[0]["starts_on"].value))


def _renewal(state: State) -> date:
    return date.fromisoformat(str(state["renews_on"].value))


def _belongs(version: State, closing: State, on: date) -> bool:
    starts_on = version.get("starts_on")
    if starts_on is not None and starts_on.value and date.fromisoformat(starts_on.value) >= on:
        return False
    last = min(closing["on"].valid_at, to_micros(datetime.combine(on, time(), UTC)))
    return version["contract_id"].valid_at < last
