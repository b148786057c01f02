"""Cohorts of customers by when their first contract began: how many stay, and what they pay, period after period."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.revenue import Paid, Span, revenue_on, spans, turns
from radar_health_score.domain.workspace.calendar_periods import Period, period_of, periods_from
from radar_health_score.domain.workspace.exchange import Amounts, Rates
from radar_vocabulary.contracts.scalars import Every


def cohort_of(contracts: Iterable[Contract], every: Every) -> Period | None:
    """Return the period in which the account's first contract began; None where no contract says."""
    begun = _begun(contracts)
    return None if begun is None else period_of(begun, every)


@dataclass(slots=True)
class Kept:
    """What is left of a cohort at the end of a period: customers; MRR; and of it what isn't more than at first."""

    logos: int = 0
    mrr: dict[str, float] = field(default_factory=dict)
    gross: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Cohort:
    """Accounts whose first contract began in the same period.

    Attributes:
        logos, mrr: how many, and what they paid on the first day of their first contract.
        ages: what is left at the end of the cohort's own period, the one after it, and so on.
    """

    logos: int = 0
    mrr: dict[str, float] = field(default_factory=dict)
    ages: list[Kept] = field(default_factory=list)


class Triangle:
    """Cohorts up to a day; the last column of each is the period that this day lies in, as it stands that day."""

    def __init__(self, every: Every, last: date, rates: Rates) -> None:
        self.cohorts: dict[Period, Cohort] = {}
        self.unknown = 0
        self._every = every
        self._last = last
        self._rates = rates
        self._known_ends: dict[Period, list[date]] = {}

    def add(self, contracts: Sequence[Contract]) -> None:
        """Count one account; one without any contract that has begun, trials left out, is in no cohort."""
        begun = _begun(contracts)
        if begun is None or begun > self._last:
            self.unknown += begun is None and any(not term.trial for term in contracts)
            return
        covered = spans(contracts)
        period = period_of(begun, self._every)
        days = self._ends(period)
        cohort = self.cohorts.setdefault(period, Cohort(ages=[Kept() for _ in days]))
        first = revenue_on(covered, begun, self._rates).mrr
        cohort.logos += 1
        _sum(cohort.mrr, first)
        for kept, paid in zip(cohort.ages, self._paid(covered, days), strict=True):
            self._keep(kept, paid, first)

    def _paid(self, covered: Sequence[Span], days: Iterable[date]) -> Iterator[Paid]:
        """Yield what is paid on each of ``days``, looked at again only where something has changed."""
        changes, seen = turns(covered), -1
        for day in days:
            passed = bisect_right(changes, day)
            if passed != seen:
                paid, seen = revenue_on(covered, day, self._rates), passed
            yield paid

    @staticmethod
    def _keep(kept: Kept, paid: Paid, first: Amounts) -> None:
        kept.logos += paid.customer
        _sum(kept.mrr, paid.mrr)
        _sum(kept.gross, {one: min(amount, first.get(one, 0.0)) for one, amount in paid.mrr.items()})

    def _ends(self, first: Period) -> list[date]:
        """Return the last day of each period from ``first`` on, up to the last day of all."""
        if first not in self._known_ends:
            following = takewhile(lambda one: one.first <= self._last, periods_from(first.first, self._every))
            self._known_ends[first] = [min(one.last, self._last) for one in following]
        return self._known_ends[first]


def _begun(contracts: Iterable[Contract]) -> date | None:
    starts = (term.starts_on for term in contracts if term.starts_on is not None and not term.trial)
    return min(starts, default=None)


def _sum(sums: dict[str, float], amounts: Amounts) -> None:
    for currency, amount in amounts.items():
        sums[currency] = sums.get(currency, 0.0) + amount
