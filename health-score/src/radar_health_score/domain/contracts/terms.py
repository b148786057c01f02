"""Contracts as terms on a calendar: which comes up for renewal next, and what those in force come to."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.revenue import in_force, mrr_on, seats_on
from radar_vocabulary.contracts.scalars import Money

OVERDUE_GRACE = timedelta(days=90)


def comes_up(contract: Contract, day: date) -> bool:
    """Return whether the term comes up for renewal, as seen on ``day``: it has a date, and has not ended by then.

    One that was cancelled comes up until its last day, with nothing left to hope for, though it had no renewal date;
    a trial never does.
    """
    if contract.trial:
        return False
    closing = contract.closing
    if closing is None:
        return contract.renews_on is not None
    return closing.outcome == "churned" and closing.on > day


def due_on(contract: Contract) -> date:
    """Return the day on which a term that comes up ends: its renewal date, or that for which it was cancelled."""
    day = contract.renews_on if contract.closing is None else contract.closing.on
    assert day is not None, "a term without a date doesn't come up"
    return day


def before_current_terms(contracts: Sequence[Contract], day: date) -> tuple[date, tuple[Contract, ...]]:
    """Return the day before the youngest of the terms now in force began, and what was in force then."""
    starts = [contract.starts_on for contract in in_force(contracts, day) if contract.starts_on is not None]
    begun = max(starts, default=date.min)
    if begun == date.min:
        return begun, ()
    return (before := begun - timedelta(days=1)), in_force(contracts, before)


def next_renewal(contracts: Iterable[Contract], day: date) -> Contract | None:
    """Return the contract that comes up next, or None.

    One that is overdue by more than OVERDUE_GRACE was probably forgotten: it gives way to any other.
    """
    dated = [
        (due_on(contract), contract.contract_id, at, contract)
        for at, contract in enumerate(contracts)
        if comes_up(contract, day)
    ]
    dated.sort()
    for renews_on, _, _, contract in dated:
        if renews_on >= day - OVERDUE_GRACE:
            return contract
    return dated[-1][-1] if dated else None


def due_between(contracts: Iterable[Contract], today: date, first: date, last: date) -> tuple[Contract, ...]:
    """Return the contracts that come up, as seen ``today``, and are due in these days."""
    return tuple(
        contract for contract in contracts if comes_up(contract, today) and first <= due_on(contract) <= last
    )


def total_mrr(contracts: Iterable[Contract], day: date) -> Money | None:
    """Return the summed MRR of contracts in force on ``day``; None where none is known or the currencies differ."""
    return sum_of(mrr_on(contract, day) for contract in contracts)


def sum_of(amounts: Iterable[Money | None]) -> Money | None:
    """Return the sum of those amounts that are known; None where none is or the currencies differ."""
    known = [amount for amount in amounts if amount is not None]
    if not known or len({money.currency for money in known}) > 1:
        return None
    return Money(amount=sum(money.amount for money in known), currency=known[0].currency)


def total_seats(contracts: Iterable[Contract], day: date) -> int | None:
    """Return the summed seats on ``day``; None where no contract names any."""
    known = [seats for contract in contracts if (seats := seats_on(contract, day)) is not None]
    return sum(known) if known else None


def arr_of(contract: Contract) -> Money | None:
    """Return the ARR with which a contract comes up for renewal: that of its last day, in a pause too."""
    return year_of(contract.mrr)


def year_of(mrr: Money | None) -> Money | None:
    """Return ARR, 12 x MRR; None where nobody told the MRR."""
    return None if mrr is None else Money(amount=12 * mrr.amount, currency=mrr.currency)
