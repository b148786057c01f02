"""A contract id names a relationship that is renewed; metrics read its terms, one ``Contract`` each, line by line.

Every ``contract_updated`` is kept as a version. A closing ends a term, which is what the versions before it said;
what they say from then on is the next term, which is open. Where a next term is told of before anybody has closed the
one before, that one goes on until the next begins, and counts as renewed; a closing that still comes ends the one that
was due nearest to it.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, Final, NamedTuple

import msgspec

from radar_health_score.domain.account.attributes import Stamped, State, merge_states
from radar_health_score.domain.account.entities import Entities, typed
from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.contract_lines import Word, lines_of
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, from_micros, to_micros
from radar_vocabulary.contracts.scalars import Money

KINDS_OF_TERMS: Final = frozenset({"contract", "closing"})
IN_UTC: Final = WorkspaceDays()


def contracts_of(entities: Entities, days: WorkspaceDays = IN_UTC) -> tuple[Contract, ...]:
    """Return every term of every contract: closed terms first (oldest first), then the present one.

    ``days`` are the workspace's: what was said on the day of a closing, in its time zone, belongs to the next term.
    """
    versions = _by_contract(entities.get("contract", {}).values())
    closings = _by_contract(entities.get("closing", {}).values())
    terms: list[Contract] = []
    for contract_id in sorted(versions.keys() | closings.keys()):
        said, closed = versions.get(contract_id, []), closings.get(contract_id, [])
        for line, (about, ending) in enumerate(_lines(said, closed)):
            ended = sorted(ending, key=lambda closing: str(closing["on"].value))
            found = _terms(contract_id, about, ended, days)
            terms += [replace(term, line=line) for term in found] if line else found
    return tuple(terms)


def _lines(versions: list[State], closings: list[State]) -> Iterator[tuple[list[State], list[State]]]:
    """Yield the versions and closings of each line of a contract id (see ``contract_lines``)."""
    if len({version["product"].value for version in versions if "product" in version} - {None}) < 2:
        yield versions, closings
        return
    told = sorted((*closings, *versions), key=_in_order)
    lines = lines_of([_word(state) for state in told])
    shared = Counter(at for line in lines for at in line)
    for line in lines:
        about = [(told[at], shared[at]) for at in line]
        yield (
            [state for state, _ in about if "on" not in state],
            [_share(state) if of > 1 else state for state, of in about if "on" in state],
        )


def _share(closing: State) -> State:
    """Return a closing of several lines for one of them: what they go on with together isn't the line's own."""
    return {name: value for name, value in closing.items() if name != "new_mrr"}


def _in_order(state: State) -> tuple[int, bool, int, int]:
    told = state["contract_id"]
    return told.valid_at, "on" not in state, told.known_at, told.position


def _word(state: State) -> Word:
    if "on" in state:
        return Word(on=date.fromisoformat(state["on"].value))
    product = state.get("product")
    return Word(
        product=product.value if product else None,
        starts_on=_starts_on(state),
        renews_on=_renews_on(state),
    )


def _by_contract(states: Iterable[State]) -> dict[str, list[State]]:
    found: dict[str, list[State]] = {}
    for state in states:
        found.setdefault(state["contract_id"].value, []).append(state)
    return found


def _terms(
    contract_id: str, versions: list[State], closings: list[State], days: WorkspaceDays
) -> list[Contract]:
    terms: list[Contract] = []
    shapes = [typed(closing, Closing) for closing in closings]
    spoken, rest = _spoken(
        versions,
        [_told_before(closing, shape.on, days) for closing, shape in zip(closings, shapes, strict=True)],
        [shape.on for shape in shapes],
    )
    base: State = {}
    early: list[State] = []
    for shape, (said, fresh) in zip(shapes, spoken, strict=True):
        own = [*early, *fresh]
        turns = _in_turn(base, own) or [_Turn(merge_states((base, *own)) if early else said, own)]
        ended = _ended(turns, shape.on)
        terms += _went_on(turns[:ended], terms, days)
        early = [version for turn in turns[ended + 1 :] for version in turn.own]
        base, own = turns[ended].said, turns[ended].own
        term = typed(base, Contract) if base else Contract(contract_id=contract_id, renews_on=shape.on)
        terms.append(_following(term, own, terms[-1] if terms else None, closing=shape, days=days))
    goes_on = not shapes or (bool(early) and shapes[-1].outcome != "churned")
    rest = [*early, *rest]
    told = {id(version) for version in rest}
    base = merge_states(version for version in versions if id(version) not in told)
    for turn in _in_turn(base, rest) or [_Turn(merge_states((base, *rest)), rest)]:
        if turn.said and (goes_on or _is_next_term(turn.said, closings[-1])):
            terms += _went_on([turn], terms, days)
    return terms


def _ended(turns: Sequence["_Turn"], on: date) -> int:
    """Return which of the terms a closing ends: of those begun before it the one with the nearest renewal date."""
    if len(turns) == 1:
        return 0
    begun = [at for at, turn in enumerate(turns) if at == 0 or (_starts_on(turn.said) or date.min) < on]
    return min(begun, key=lambda at: abs((_renews_on(turns[at].said) - on).days))


class _Turn(NamedTuple):
    """What is said of one of several terms that follow one another; ``closing``: where the next one is told of."""

    said: State
    own: list[State]
    closing: Closing | None = None


def _went_on(turns: Iterable[_Turn], before: Sequence[Contract], days: WorkspaceDays) -> list[Contract]:
    found: list[Contract] = []
    for turn in turns:
        last = (found or before)[-1] if found or before else None
        found.append(_following(typed(turn.said, Contract), turn.own, last, closing=turn.closing, days=days))
    return found


def _in_turn(base: State, versions: list[State]) -> list[_Turn]:
    """Return the terms that ``versions`` tell one after the other, on top of ``base``; none where it is one alone."""
    successive = _successive(versions)
    if len(successive) == 1:
        return []
    turns: list[_Turn] = []
    said = merge_states((base, *successive[0]))
    for at, own in enumerate(successive):
        # What is said of a term after the next one was told of isn't about the next.
        said = {**said, **merge_states(own)} if at else said
        turns.append(_Turn(said, own, None if at + 1 == len(successive) else _renewed_on(successive[at + 1])))
    return turns


def _successive(versions: list[State]) -> list[list[State]]:
    """Return the versions that nobody has closed, term by term: who tells the next term has renewed the one before.

    A start on or after the renewal date that stands is the next term's; an earlier one corrects the present term's,
    or is that of a term before it, of which something else is said.
    """
    if len(versions) < 2:
        return [versions]
    terms: list[list[State]] = [[]]
    starts: list[date | None] = [None]
    for version in sorted(versions, key=_in_order):
        starts_on = _starts_on(version)
        if starts_on is not None and starts_on in starts:
            terms[starts.index(starts_on)].append(version)
            continue
        if terms[-1] and starts_on is not None and starts_on >= _renews_on(terms[-1][-1]):
            terms.append([])
            starts.append(None)
        terms[-1].append(version)
        starts[-1] = starts_on or starts[-1]
    return terms


def _renewed_on(following: list[State]) -> Closing:
    starts_on = _starts_on(following[0])
    assert starts_on is not None, "only a start of its own begins another term"
    return Closing(on=starts_on, outcome="renewed")


def _renews_on(version: State) -> date:
    return date.fromisoformat(version["renews_on"].value)


def _spoken(
    versions: list[State], ends: list[int], ons: list[date]
) -> tuple[list[tuple[State, list[State]]], list[State]]:
    """Return, for each closing, what was agreed by then and the versions that said so first; and those left over.

    A version speaks of a term that it was told of before the end, unless it begins only then. Ends come in order
    nearly always; then what was agreed by one was agreed by the next as well, and each version is looked at once.
    """
    if any(later < earlier for earlier, later in pairwise(ends)):
        return _spoken_out_of_order(versions, ends, ons)
    own: list[list[State]] = [[] for _ in range(len(ends) + 1)]
    for version in versions:
        starts_on = _starts_on(version)
        by_start = 0 if starts_on is None else bisect_right(ons, starts_on)
        own[max(by_start, bisect_right(ends, version["contract_id"].valid_at))].append(version)
    said: State = {}
    found: list[tuple[State, list[State]]] = []
    for fresh in own[:-1]:
        said = merge_states((said, *fresh)) if fresh else said
        found.append((said, fresh))
    return found, own[-1]


def _spoken_out_of_order(
    versions: list[State], ends: list[int], ons: list[date]
) -> tuple[list[tuple[State, list[State]]], list[State]]:
    rest = versions
    found: list[tuple[State, list[State]]] = []
    for end, on in zip(ends, ons, strict=True):
        about = {id(version) for version in versions if _belongs(version, end, on)}
        said = merge_states(version for version in versions if id(version) in about)
        found.append((said, [version for version in rest if id(version) in about]))
        rest = [version for version in rest if id(version) not in about]
    return found, rest


def _following(
    term: Contract,
    own: list[State],
    before: Contract | None,
    closing: Closing | None = None,
    days: WorkspaceDays = IN_UTC,
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
            (date.fromordinal(days.day_of(from_micros(later.valid_at))), _money(amount.value))
            for amount, later in pairwise(told)
            if amount.value != later.value
        )
    return replace(term, **changed) if changed else term


def _money(value: object) -> Money | None:
    return None if value is None else msgspec.convert(value, Money)


def _told_before(closing: State, on: date, days: WorkspaceDays) -> int:
    """Return the moment before which a version must have been told of to be about the term that this one ends."""
    return min(closing["on"].valid_at, to_micros(days.start_of(on.toordinal())))


def _belongs(version: State, end: int, on: date) -> bool:
    starts_on = _starts_on(version)
    return (starts_on is None or starts_on < on) and version["contract_id"].valid_at < end


def _starts_on(version: State) -> date | None:
    starts_on = version.get("starts_on")
    return date.fromisoformat(starts_on.value) if starts_on is not None and starts_on.value else None


def _is_next_term(present: State, closing: State) -> bool:
    ended = date.fromisoformat(closing["on"].value)
    starts_on, renews_on = present.get("starts_on"), present["renews_on"]
    if starts_on is not None and starts_on.value and date.fromisoformat(starts_on.value) >= ended:
        return True
    said_after = renews_on.valid_at >= closing["on"].valid_at
    goes_on = closing["outcome"].value != "churned"
    return goes_on and said_after and date.fromisoformat(renews_on.value) > ended
