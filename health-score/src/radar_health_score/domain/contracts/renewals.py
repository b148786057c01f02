"""The renewals an account has before it, and what it pays: every open contract, not only the next one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, Literal

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.revenue import in_force, revenue_on, spans
from radar_health_score.domain.contracts.terms import (
    OVERDUE_GRACE,
    arr_of,
    comes_up,
    due_on,
    next_renewal,
    sum_of,
    year_of,
)
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.health import Renewal, Revenue, UndatedContract
from radar_vocabulary.contracts.scalars import Money

HORIZON: Final = timedelta(days=365)
Chance = Callable[[Contract], float | None]
Source = Literal["model", "scorecard", "told", "none"]
_AS_AGREED: Final = Rates()


def renewals_of(
    contracts: Iterable[Contract], today: date, chance: Chance, source: Source
) -> tuple[Renewal, ...]:
    """Return the renewal of every contract that comes up, nearest first.

    ``chance`` gives a contract's probability of renewing, from 0 to 1, or None where ``source`` abstains. What was
    cancelled for a day to come has none left, and its source is *told*. What is due on one day under one id is one
    renewal: of the ARR of all, with the chance of the first.
    """
    due: dict[tuple[date, str], list[Contract]] = {}
    for contract in contracts:
        if comes_up(contract, today):
            due.setdefault((due_on(contract), contract.contract_id), []).append(contract)
    return tuple(
        _renewal(_together(contracts), renews_on, today, *_said(contracts[0], chance, source))
        for (renews_on, _), contracts in sorted(due.items(), key=lambda one: one[0])
    )


def _said(contract: Contract, chance: Chance, source: Source) -> tuple[float | None, Source]:
    if contract.closing is not None:
        return 0.0, "told"
    probability = chance(contract)
    return probability, "none" if probability is None else source


def undated_of(contracts: Sequence[Contract], today: date) -> tuple[UndatedContract, ...]:
    """Return the contracts in force that come up on a day that nobody has told; lines of one id are one contract."""
    found: dict[str, list[Contract]] = {}
    for contract in in_force(contracts, today):
        if contract.closing is None and contract.renews_on is None and not contract.evergreen:
            found.setdefault(contract.contract_id, []).append(contract)
    return tuple(
        UndatedContract(
            contract_id=name, term_id=lines[0].term_id, arr=year_of(sum_of(one.mrr for one in lines))
        )
        for name, lines in sorted(found.items())
    )


def next_of(renewals: Sequence[Renewal], contracts: Iterable[Contract], today: date) -> Renewal | None:
    """Return that one of ``renewals`` which is the account's next."""
    contract = next_renewal(contracts, today)
    if contract is None:
        return None
    wanted = contract.contract_id, due_on(contract)
    return next(one for one in renewals if (one.contract_id, one.renews_on) == wanted)


def revenue_of(
    contracts: Sequence[Contract], renewals: Iterable[Renewal], today: date
) -> tuple[Revenue, ...]:
    """Return what the account pays by currency, and how much of it is at risk within HORIZON."""
    paid = revenue_on(spans(contracts), today, _AS_AGREED).mrr
    at_risk = risk_within(renewals, today)
    by_size = sorted(paid.keys() | at_risk.keys(), key=lambda currency: (-paid.get(currency, 0.0), currency))
    return tuple(
        Revenue(currency=currency, arr=12 * paid.get(currency, 0.0), arr_at_risk=at_risk.get(currency))
        for currency in by_size
    )


def in_own_currency(revenue: Iterable[Revenue], rates: Rates) -> tuple[Revenue, ...]:
    """Return the same revenue with what has a rate brought into the workspace's currency, the largest first."""
    revenue = tuple(revenue)
    arr = rates.total(Money(amount=one.arr, currency=one.currency) for one in revenue)
    at_risk = rates.total(
        Money(amount=one.arr_at_risk, currency=one.currency) for one in revenue if one.arr_at_risk is not None
    )
    by_size = sorted(arr, key=lambda currency: (-arr[currency], currency))
    return tuple(Revenue(currency=one, arr=arr[one], arr_at_risk=at_risk.get(one)) for one in by_size)


def risk_within(renewals: Iterable[Renewal], today: date) -> dict[str, float]:
    """Return the sum of ARR x (1 - probability) by currency over what is due within HORIZON.

    Contracts overdue by OVERDUE_GRACE at most count as due; those without an ARR or a probability don't.
    """
    sums: dict[str, float] = {}
    for one in renewals:
        if one.arr_at_risk is not None and today - OVERDUE_GRACE <= one.renews_on <= today + HORIZON:
            currency = one.arr_at_risk.currency
            sums[currency] = sums.get(currency, 0.0) + one.arr_at_risk.amount
    return sums


def _together(contracts: Sequence[Contract]) -> Contract:
    first = contracts[0]
    return first if len(contracts) == 1 else replace(first, mrr=sum_of(one.mrr for one in contracts))


def _renewal(
    contract: Contract,
    renews_on: date,
    today: date,
    probability: float | None,
    source: Source,
) -> Renewal:
    arr, notice = arr_of(contract), contract.notice_days
    return Renewal(
        contract_id=contract.contract_id,
        renews_on=renews_on,
        days=(renews_on - today).days,
        source=source,
        arr=arr,
        arr_at_risk=_at_risk(arr, probability),
        probability=probability,
        auto_renew=contract.auto_renew,
        notice_by=None if notice is None else renews_on - timedelta(days=notice),
        starts_on=contract.stated_start,
        term_id=contract.term_id,
    )


def _at_risk(arr: Money | None, probability: float | None) -> Money | None:
    if arr is None or probability is None:
        return None
    return Money(amount=arr.amount * (1 - probability), currency=arr.currency)
