"""When one agreement takes the place of another: the customer has moved, and is neither lost nor new.

An agreement that ends as churned is replaced by another one of the same product (or where either names none) that
begins within REPLACED_WITHIN of that end. A renewed agreement is never replaced, and another product is sold beside it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.term import Term

REPLACED_WITHIN: Final = timedelta(days=31)


def with_replacements(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms, those that were replaced renewed by the one that took their place; each takes one place."""
    lasts = {term.contract.agreement: at for at, term in enumerate(terms)}
    if len(lasts) < 2:
        return tuple(terms)
    ended = [at for at in lasts.values() if _has_churned(terms[at].contract)]
    found = list(terms)
    if not ended:
        return tuple(found)
    firsts = _firsts(terms)
    for at in sorted(ended, key=lambda place: _ended_on(terms[place].contract)):
        place = _successor(terms, at, firsts)
        if place is not None:
            firsts.remove(place)
            found[at] = _moved(found[at], terms[place])
    return tuple(found)


def _firsts(terms: Sequence[Term]) -> list[int]:
    """Return the places of the first term of each agreement that is no trial."""
    found: dict[tuple[str, int], int] = {}
    for at, term in enumerate(terms):
        if not term.contract.trial and not term.alone:
            found.setdefault(term.contract.agreement, at)
    return list(found.values())


def _successor(terms: Sequence[Term], at: int, firsts: Sequence[int]) -> int | None:
    ended = terms[at].contract
    on = _ended_on(ended)
    near = [
        (abs(other.starts_on - on), place)
        for place in firsts
        if (other := terms[place].contract).agreement != ended.agreement
        and other.starts_on is not None
        and abs(other.starts_on - on) <= REPLACED_WITHIN
        and (ended.starts_on is None or other.starts_on > ended.starts_on)
        and (other.product == ended.product or None in {other.product, ended.product})
    ]
    return min(near)[1] if near else None


def _moved(term: Term, successor: Term) -> Term:
    contract, follows = term.contract, successor.contract
    closing, begins = contract.closing, follows.starts_on
    assert closing is not None, "only a term that ended is replaced"
    assert begins is not None, "what takes its place has a start"
    moved = Closing(on=min(closing.on, begins), outcome="renewed", moved_to=follows.term_id, moved_on=begins)
    told = min((statement.since for statement in successor.statements), default=None)
    known = [since for since in (term.known_at, told) if since is not None]
    known_at = max(known, default=None)
    return replace(term, contract=replace(contract, closing=moved, outcome_known_at=known_at))


def _has_churned(contract: Contract) -> bool:
    return contract.closing is not None and contract.closing.outcome == "churned" and not contract.trial


def _ended_on(contract: Contract) -> date:
    assert contract.closing is not None
    return contract.closing.on
