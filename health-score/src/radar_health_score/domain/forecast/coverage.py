"""Whether the intervals of the portfolio's forecast hold what they say: past quarters, foretold on their first day.

Only a quarter's own renewals are looked at, as they were known on its first day: what is lost of them by the end.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from radar_health_score.domain.forecast.case import Case
from radar_health_score.domain.forecast.forecaster import Forecaster
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.renewal_forecast import Assumptions, DueContract, forecast_quarters

FEWEST_CONTRACTS: Final = 5
MONTHS: Final = 3


class Quarter(Struct, frozen=True, kw_only=True):
    """A quarter as foretold on its first day, and as it came; amounts are ARR.

    ``low`` and ``high`` are the interval of what would be lost; ``lost`` is what was. All are of the
    ``contracts`` whose outcome is known; ``left_out``: how many more were due.
    """

    first: date
    contracts: int
    due_arr: float
    expected: float
    low: float
    high: float
    lost: float
    left_out: int = 0

    @property
    def inside(self) -> bool:
        """Whether the interval held what was lost."""
        return self.low <= self.lost <= self.high


class Coverage(Struct, frozen=True, kw_only=True):
    """How often a scorer's intervals held: ``covered`` should be near ``level``, in a few quarters only roughly."""

    scorer: str
    currency: str
    level: float
    covered: float
    quarters: tuple[Quarter, ...]

    @property
    def left_out(self) -> float:
        """The share of the contracts due that isn't judged, since nobody has said how they ended."""
        left_out = sum(one.left_out for one in self.quarters)
        return left_out / (left_out + sum(one.contracts for one in self.quarters))

    def caveat(self) -> str:
        """Return a sentence on that share; nothing where all are judged."""
        if not self.left_out:
            return ""
        return f" {self.left_out:.1%} of the contracts due are left out: nobody has said how they ended."


def quarters_between(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield (first day, last day) of the calendar quarters that lie wholly from ``first`` to ``last``."""
    begin = date(first.year, first.month - (first.month - 1) % MONTHS, 1)
    if begin < first:
        begin = _next(begin)
    while (end := _next(begin) - timedelta(days=1)) <= last:
        yield begin, end
        begin = _next(begin)


def coverage_of(
    forecaster: Forecaster, cases: Sequence[Case], risk: FloatArray, quarters: Iterable[tuple[date, date]]
) -> Iterator[Coverage]:
    """Yield the coverage in each currency, over the contracts whose outcome is known.

    ``cases`` are contracts seen on the first day of the quarter they are due in; ``risk`` (n,) is of churn.
    """
    pairs = [(case, float(one)) for case, one in zip(cases, risk, strict=True) if case.arr is not None]
    assumed = Assumptions()
    for currency in sorted({case.arr.currency for case, _ in pairs if case.arr is not None}):
        own = [(case, one) for case, one in pairs if case.arr is not None and case.arr.currency == currency]
        told = tuple(_quarters(own, quarters, assumed))
        if told:
            yield Coverage(
                scorer=forecaster.name,
                currency=currency,
                level=assumed.level,
                covered=sum(one.inside for one in told) / len(told),
                quarters=told,
            )


def _quarters(
    pairs: Sequence[tuple[Case, float]], quarters: Iterable[tuple[date, date]], assumed: Assumptions
) -> Iterator[Quarter]:
    for first, last in quarters:
        expected = [(case, risk) for case, risk in pairs if first <= case.renews_on <= last]
        due = [(case, risk) for case, risk in expected if case.churned is not None]
        if len(due) < FEWEST_CONTRACTS:
            continue
        contracts = [_due(case, risk) for case, risk in due]
        (foretold,) = forecast_quarters(contracts, [(first, last)], assumptions=assumed)
        risked = foretold.arr_at_risk
        if not isinstance(risked, Missing):
            yield Quarter(
                first=first,
                contracts=len(due),
                due_arr=foretold.due_arr,
                expected=risked.expected,
                low=risked.low,
                high=risked.high,
                lost=sum(one.arr for one, (case, _) in zip(contracts, due, strict=True) if case.churned),
                left_out=len(expected) - len(due),
            )


def _due(case: Case, risk: float) -> DueContract:
    assert case.arr is not None
    told = risk == risk  # noqa: PLR0124 - NaN is where the scorer abstains
    return DueContract(renews_on=case.renews_on, arr=case.arr.amount, probability=1 - risk if told else None)


def _next(first: date) -> date:
    month = first.month + MONTHS
    return date(first.year + (month > 12), (month - 1) % 12 + 1, 1)
