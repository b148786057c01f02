"""The ARR of a whole portfolio on every day there ever was, from each contract's steps up and down."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.revenue import Span, mrr_on, spans, turns
from radar_health_score.domain.workspace.exchange import Rates

Step = tuple[date, str, float]


def revenue_steps(contracts: Sequence[Contract], rates: Rates) -> Iterator[Step]:
    """Yield (day, currency, change of MRR from that day on); their sum through a day is the MRR on it."""
    for span in spans(contracts):
        yield from _steps(span, rates)


class ArrPath:
    """ARR by currency over time, made of steps; each currency by itself."""

    def __init__(self) -> None:
        self._changes: dict[str, dict[date, float]] = {}

    def add(self, steps: Iterable[Step]) -> None:
        """Add an account's steps."""
        for day, currency, change in steps:
            days = self._changes.setdefault(currency, {})
            days[day] = days.get(day, 0.0) + change

    @property
    def currencies(self) -> list[str]:
        """The currencies there are, by code."""
        return sorted(self._changes)

    def on(self, days: Sequence[date], currency: str) -> list[float]:
        """Return the ARR on each of ``days``, which ascend."""
        found, steps, mrr = [], iter(sorted(self._changes.get(currency, {}).items())), 0.0
        step = next(steps, None)
        for day in days:
            while step is not None and step[0] <= day:
                mrr += step[1]
                step = next(steps, None)
            found.append(12 * mrr)
        return found

    def first_at(self, arr: float, currency: str, through: date) -> date | None:
        """Return the first day, up to ``through``, on which the ARR was at least ``arr``."""
        mrr = 0.0
        for day, change in sorted(self._changes.get(currency, {}).items()):
            mrr += change
            if day <= through and 12 * mrr >= arr:
                return day
        return None


def _steps(span: Span, rates: Rates) -> Iterator[Step]:
    begins = span.begins or date.min
    days = [begins, *(day for day in turns([span]) if day > begins)]
    days = [day for day in days if span.ends is None or day < span.ends]
    amounts = [rates.total([mrr_on(span.term, day)]) for day in days]
    if not days:
        return
    ends = [*days, span.ends] if span.ends is not None else days
    steps: list[dict[str, float]] = [*amounts, {}] if span.ends is not None else amounts
    for day, (before, now) in zip(ends, pairwise([{}, *steps]), strict=True):
        for currency in before.keys() | now.keys():
            change = now.get(currency, 0.0) - before.get(currency, 0.0)
            if change:
                yield day, currency, change
