"""How a term that was seen open turned out, as far as that is known by now: what the forecast learns from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from radar_health_score.domain.contracts.term import Term
from radar_health_score.domain.contracts.terms import OVERDUE_GRACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a term ended; ``known_at``: from when on that counted, in microseconds since 1970."""

    churned: bool
    ended_on: date
    known_at: int


def expected(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return the terms that come up for renewal and have no outcome yet."""
    return tuple(
        term
        for term in terms
        if term.contract.closing is None
        and term.contract.renews_on is not None
        and term.statements
        and not term.contract.trial
    )


def same_term(then: Term, terms: Iterable[Term]) -> Term | None:
    """Return the term that ``then``, read when less was known, is among ``terms``; None where it never came to be."""
    first = min(then.statements, key=lambda statement: (statement.since, statement.key)).key
    return next(
        (term for term in terms if any(statement.key == first for statement in term.statements)), None
    )


def outcome_of(term: Term) -> Outcome | None:
    """Return how a term ended.

    A closing more than OVERDUE_GRACE after the renewal date that stood says nothing of the renewal.
    """
    contract, closing = term.contract, term.contract.closing
    if closing is None or term.known_at is None or contract.trial:
        return None
    if contract.renews_on is not None and closing.on > contract.renews_on + OVERDUE_GRACE:
        return None
    return Outcome(churned=closing.outcome == "churned", ended_on=closing.on, known_at=term.known_at)


def following(term: Term, terms: Sequence[Term]) -> Term | None:
    """Return the term that went on where ``term`` ended: of the same agreement, or of the one that took its place."""
    contract, closing = term.contract, term.contract.closing
    if closing is not None and closing.moved_to is not None:
        return next((one for one in terms if one.contract.term_id == closing.moved_to), None)
    at = next((place for place, one in enumerate(terms) if one.contract == contract), None)
    if at is None or at + 1 == len(terms) or terms[at + 1].contract.agreement != contract.agreement:
        return None
    return terms[at + 1]
