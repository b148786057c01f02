"""What was lost, and why: the terms that churned, the reasons and competitors behind them, and who came back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.revenue import revenue_on, spans
from radar_health_score.domain.contracts.term_ends import EndedTerm, term_ends
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.scalars import Money, Since


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A term that churned.

    Attributes:
        customer_from: when the account's first contract began.
        mrr: on its last day; None where the term names none.
        since: what became of the account: *stayed*: other contracts were in force when this one ended; *won_back*:
            none was, and one is now; *gone*: none is.
    """

    contract_id: str
    term_id: str
    lost_on: date
    customer_from: date | None
    mrr: Money | None
    reason: str | None
    competitor: str | None
    since: Since


def losses_between(contracts: Sequence[Contract], first: date, last: date, rates: Rates) -> Iterator[Loss]:
    """Yield the losses after ``first`` through ``last``; what became of the account is seen from ``last``."""
    lost = [end for end in term_ends(contracts, first, last) if end.closing.outcome == "churned"]
    if not lost:
        return
    covered = spans(contracts)
    customer_now = revenue_on(covered, last, rates).customer
    for end in lost:
        stayed = revenue_on(covered, end.closing.on, rates).customer
        since: Since = "stayed" if stayed else "won_back" if customer_now else "gone"
        yield _loss(end, _customer_from(contracts, end.closing.on), since, rates)


@dataclass(slots=True)
class LossSums:
    """Losses that have something in common: how many, of how many accounts, and their MRR by currency."""

    label: str | None
    losses: int = 0
    accounts: set[str] = field(default_factory=set)
    won_back: int = 0
    unpriced: int = 0
    mrr: dict[str, float] = field(default_factory=dict)

    def add(self, account_id: str, loss: Loss) -> None:
        """Count one loss."""
        self.losses += 1
        self.accounts.add(account_id)
        self.won_back += loss.since == "won_back"
        if loss.mrr is None:
            self.unpriced += 1
        else:
            self.mrr[loss.mrr.currency] = self.mrr.get(loss.mrr.currency, 0.0) + loss.mrr.amount


def summed_by(losses: Iterable[tuple[str, Loss]], label: Callable[[Loss], str | None]) -> list[LossSums]:
    """Return the sums of (account id, loss) by label, most losses first.

    Labels that differ in case or blanks alone are the same one, spelled as it came first; what has none comes last.
    """
    sums: dict[str | None, LossSums] = {}
    for account_id, loss in losses:
        said = _tidy(label(loss))
        sums.setdefault(said and said.casefold(), LossSums(label=said)).add(account_id, loss)
    return sorted(sums.values(), key=lambda one: (one.label is None, -one.losses, one.label or ""))


def same(one: str | None, other: str | None) -> bool:
    """Return whether two labels are the same one."""
    return (_tidy(one) or "").casefold() == (_tidy(other) or "").casefold()


def _tidy(label: str | None) -> str | None:
    return " ".join(label.split()) or None if label else None


def _customer_from(contracts: Sequence[Contract], lost_on: date) -> date | None:
    starts = (term.starts_on for term in contracts if term.starts_on is not None and not term.trial)
    return min((begun for begun in starts if begun < lost_on), default=None)


def _loss(end: EndedTerm, customer_from: date | None, since: Since, rates: Rates) -> Loss:
    return Loss(
        contract_id=end.term.contract_id,
        term_id=end.term.term_id,
        lost_on=end.closing.on,
        customer_from=customer_from,
        mrr=None if end.before is None else rates.convert(end.before),
        reason=_tidy(end.closing.reason),
        competitor=_tidy(end.closing.competitor),
        since=since,
    )
