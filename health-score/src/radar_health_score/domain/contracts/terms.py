"""Contracts as terms on a calendar: which are in force on a day, and which renews next."""

from collections.abc import Iterable
from datetime import date, timedelta

from radar_health_score.domain.account.facts import Contract
from radar_vocabulary.contracts.scalars import Money

OVERDUE_GRACE = timedelta(days=90)


def in_force(contracts: Iterable[Contract], day: date) -> tuple[Contract, ...]:
    """Return the contracts that have begun by ``day`` and have not been closed by then.

    A contract past its renewal date stays in force until somebody says how it ended.
    """
    return tuple(
        contract
        for contract in contracts
        if (contract.starts_on is None or contract.starts_on <= day)
        and (contract.closing is None or contract.closing.on > day)
    )


def before_current_terms(contracts: Iterable[Contract], day: date) -> tuple[Contract, ...]:
    """Return what was in force the day before the youngest of the terms now in force began."""
    contracts = tuple(contracts)
    starts = [contract.starts_on for contract in in_force(contracts, day) if contract.starts_on is not None]
    begun = max(starts, default=date.min)
    return in_force(contracts, begun - timedelta(days=1)) if begun > date.min else ()


def next_renewal(contracts: Iterable[Contract], day: date) -> Contract | None:
    """Return the open contract with the nearest renewal date, or None.

    One that is overdue by more than OVERDUE_GRACE was probably forgotten: it gives way to any other.
    """
    dated = [
        (contract.renews_on, contract.contract_id, at, contract)
        for at, contract in enumerate(contracts)
        if contract.closing is None and contract.renews_on is not None
    ]
    dated.sort()
    for renews_on, _, _, contract in dated:
        if renews_on >= day - OVERDUE_GRACE:
            return contract
    return dated[-1][-1] if dated else None


def due_between(contracts: Iterable[Contract], first: date, last: date) -> tuple[Contract, ...]:
    """Return the open contracts whose renewal date lies in these days."""
    return tuple(
        contract
        for contract in contracts
        if contract.closing is None and contract.renews_on is not None and first <= contract.renews_on <= last
    )


def total_mrr(contracts: Iterable[Contract]) -> Money | None:
    """Return the summed MRR; None where none is known or the currencies differ."""
    known = [contract.mrr for contract in contracts if contract.mrr is not None]
    if not known or len({money.currency for money in known}) > 1:
        return None
    return Money(amount=sum(money.amount for money in known), currency=known[0].currency)


def total_seats(contracts: Iterable[Contract]) -> int | None:
    """Return the summed seats; None where no contract names any."""
    known = [contract.seats for contract in contracts if contract.seats is not None]
    return sum(known) if known else None


def arr_of(contract: Contract) -> Money | None:
    """Return the ARR of one contract."""
    return year_of(contract.mrr)


def year_of(mrr: Money | None) -> Money | None:
    """Return ARR, 12 x MRR; None where nobody told the MRR."""
    return None if mrr is None else Money(amount=12 * mrr.amount, currency=mrr.currency)
