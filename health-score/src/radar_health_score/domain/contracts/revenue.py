"""What an account paid on any day, by its contracts' terms.

A term runs from its start to its closing; one past its renewal date runs on until somebody says how it ended. A term
that was renewed also covers the days until the next one begins, and one that another agreement took the place of those
until that begins. In a pause the contract goes on and nothing is paid. Trials are no revenue.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.pauses import is_paused
from radar_health_score.domain.workspace.exchange import Amounts, Rates
from radar_vocabulary.contracts.scalars import Money


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
    """Return the days each term covers, trials left out; a contract's terms follow one another in ``contracts``."""
    return tuple(span for span in spans_of_all(contracts) if not span.term.trial)


def spans_of_all(contracts: Sequence[Contract]) -> tuple[Span, ...]:
    """Return the days each term covers, those of trials too."""
    return tuple(
        Span(begins=term.starts_on, ends=_end(term, contracts, at), term=term)
        for at, term in enumerate(contracts)
    )


def in_force(contracts: Sequence[Contract], day: date) -> tuple[Contract, ...]:
    """Return the terms that are in force on ``day``, trials left out.

    A contract past its renewal date stays in force until somebody says how it ended.
    """
    return tuple(span.term for span in spans(contracts) if span.covers(day))


def running(contracts: Sequence[Contract], day: date) -> tuple[Contract, ...]:
    """Return the terms that run on ``day``, trials too."""
    return tuple(span.term for span in spans_of_all(contracts) if span.covers(day))


def turns(covered: Iterable[Span]) -> list[date]:
    """Return, in order, the days from which on something else may be paid; between two of them nothing changes."""
    days: set[date] = set()
    for span in covered:
        closing = span.term.closing
        marks = (span.begins, span.ends, None if closing is None else closing.on)
        days.update(day for day in marks if day is not None)
        days.update(until for until, _ in span.term.earlier_mrr)
        for pause in span.term.pauses:
            days.update(day for day in pause if day is not None)
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
    """Return the MRR paid for ``day``, one that the term covers: nothing in a pause."""
    agreed = agreed_on(term, day)
    if agreed is not None and is_paused(term.pauses, day):
        return Money(amount=0.0, currency=agreed.currency)
    return agreed


def agreed_on(term: Contract, day: date) -> Money | None:
    """Return the MRR agreed for ``day``, whether it is paused then or not."""
    closing = term.closing
    if closing is not None and day >= closing.on and closing.new_mrr is not None:
        return closing.new_mrr
    return next((amount for until, amount in term.earlier_mrr if day < until), term.mrr)


def seats_on(term: Contract, day: date) -> int | None:
    """Return the seats agreed for ``day``."""
    return next((seats for until, seats in term.earlier_seats if day < until), term.seats)


def _end(term: Contract, contracts: Sequence[Contract], at: int) -> date | None:
    closing = term.closing
    if closing is None:
        return None
    if closing.outcome == "churned":
        return closing.on
    if closing.moved_on is not None:
        return closing.moved_on
    if at + 1 < len(contracts) and contracts[at + 1].agreement == term.agreement:
        return max(contracts[at + 1].starts_on or closing.on, closing.on)
    return None
