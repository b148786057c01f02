"""What an account paid on any day, by its contracts' terms.

A term runs from its start to its closing; one past its renewal date runs on until somebody says how it ended. A term
that was renewed also covers the days until the next one begins, and where no next one is known it goes on for what
the renewal agreed: nobody said that they left.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.workspace.exchange import Amounts, Rates
from radar_vocabulary.contracts.scalars import Money

SUCCESSOR_WITHIN = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days that a term covers: from ``begins`` (None: since ever) to the day before ``ends`` (None: open)."""

    begins: date | None
    ends: date | None
    term: Contract

    def covers(self, day: date) -> bool:
        """Return whether the term is in force on ``day``."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What an account pays on a day.

    Attributes:
        customer: whether any term is in force.
        mrr: MRR by currency, of the terms that name one.
        priced: whether every term in force names its MRR.
    """

    customer: bool
    mrr: Amounts
    priced: bool


def spans(contracts: Sequence[Contract]) -> tuple[Span, ...]:
    """Return the days each term covers; a contract's terms follow one another in ``contracts``."""
    return tuple(
        Span(begins=term.starts_on, ends=_end(term, contracts, at), term=term)
        for at, term in enumerate(contracts)
    )


def turns(covered: Iterable[Span]) -> list[date]:
    """Return, in order, the days from which on something else may be paid; between two of them nothing changes."""
    days: set[date] = set()
    for span in covered:
        closing = span.term.closing
        marks = (span.begins, span.ends, None if closing is None else closing.on)
        days.update(day for day in marks if day is not None)
        days.update(until for until, _ in span.term.earlier_mrr)
    return sorted(days)


def revenue_on(covered: Iterable[Span], day: date, rates: Rates) -> Paid:
    """Return what the account pays on ``day``, as its end sees it."""
    amounts = [mrr_on(span.term, day) for span in covered if span.covers(day)]
    return Paid(
        customer=bool(amounts),
        mrr=rates.total(amounts),
        priced=all(amount is not None for amount in amounts),
    )


def arr_on(contracts: Sequence[Contract], rates: Rates, day: date) -> Amounts:
    """Return the ARR in force on ``day`` by currency, in that of ``rates`` as far as there are any."""
    mrr = revenue_on(spans(contracts), day, rates).mrr
    return {currency: 12 * amount for currency, amount in mrr.items()}


def mrr_on(term: Contract, day: date) -> Money | None:
    """Return the MRR agreed for ``day``, one that the term covers."""
    closing = term.closing
    if closing is not None and day >= closing.on and closing.new_mrr is not None:
        return closing.new_mrr
    return next((amount for until, amount in term.earlier_mrr if day < until), term.mrr)


def _end(term: Contract, contracts: Sequence[Contract], at: int) -> date | None:
    closing = term.closing
    if closing is None:
        return None
    if closing.outcome == "churned":
        return closing.on
    begun = min(_successors(term, closing.on, contracts, at), default=None)
    return None if begun is None else max(begun, closing.on)


def _successors(term: Contract, ended: date, contracts: Sequence[Contract], at: int) -> Iterator[date]:
    """Yield when a term began that took this one's place: of the same contract, or another one close by."""
    if at + 1 < len(contracts) and contracts[at + 1].agreement == term.agreement:
        yield contracts[at + 1].starts_on or ended
        return
    for other in contracts:
        started = other.starts_on
        if other.agreement != term.agreement and started and abs(started - ended) <= SUCCESSOR_WITHIN:
            yield started
