"""How terms ended: what each paid before, and what the account went on with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.revenue import agreed_on
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.scalars import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedTerm:
    """The end of a term.

    Attributes:
        before: MRR agreed for its last day; None where the term names none.
        after: MRR that it was renewed at: as the closing says, else as the next term of the contract begins, else
            unchanged; None where it churned.
    """

    term: Contract
    closing: Closing
    before: Money | None
    after: Money | None


def term_ends(contracts: Sequence[Contract], first: date, last: date) -> Iterator[EndedTerm]:
    """Yield the terms, trials left out, that ended after ``first`` through ``last``.

    A contract's terms follow one another in ``contracts``.
    """
    for at, term in enumerate(contracts):
        closing = term.closing
        if closing is not None and not term.trial and first < closing.on <= last:
            before = agreed_on(term, closing.on - timedelta(days=1))
            after = None if closing.outcome == "churned" else _renewed_at(contracts, at, closing, before)
            yield EndedTerm(term=term, closing=closing, before=before, after=after)


def worth(end: EndedTerm, rates: Rates) -> tuple[Money, Money | None] | None:
    """Return what the term paid before and after in one currency; None where that can't be compared."""
    if end.before is None:
        return None
    before = rates.convert(end.before)
    after = None if end.after is None else rates.convert(end.after)
    if after is not None and after.currency != before.currency:
        return None
    return before, after


def _renewed_at(
    contracts: Sequence[Contract], at: int, closing: Closing, before: Money | None
) -> Money | None:
    if closing.new_mrr is not None:
        return closing.new_mrr
    following = _following(contracts, at, closing)
    if following is None:
        return before
    return agreed_on(following, max(following.starts_on or closing.on, closing.on)) or before


def _following(contracts: Sequence[Contract], at: int, closing: Closing) -> Contract | None:
    if closing.moved_to is not None:
        return next((one for one in contracts if one.term_id == closing.moved_to), None)
    following = contracts[at + 1] if at + 1 < len(contracts) else None
    same = following is not None and following.agreement == contracts[at].agreement
    return following if same else None
