"""How ARR has grown, month by month and against T2D3."""

from datetime import date, datetime
from itertools import takewhile
from typing import Final

from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.portfolio.arr_path import ArrPath, revenue_steps
from radar_health_score.domain.portfolio.growth import Growth, GrowthYear, t2d3
from radar_health_score.domain.workspace.calendar_months import months_before
from radar_health_score.domain.workspace.calendar_periods import periods_from
from radar_health_score.service.portfolio.portfolio_scan import PortfolioScan
from radar_health_score.service.queries.answer_cache import AnswerCache
from radar_health_score.service.queries.query_context import QueryContext
from radar_vocabulary.answers.growth import ArrPoint, CurrencyGrowth, GrowthAnswer, GrowthYearLine

MONTHS_SHOWN: Final = 36


class GrowthQueries:
    """Answers about growth, as of any day.

    Args:
        base: ARR from which on growth is held against T2D3, in each currency.
    """

    def __init__(self, context: QueryContext, scan: PortfolioScan, base: float) -> None:
        self._context = context
        self._scan = scan
        self._base = base
        self._paths = AnswerCache[tuple[datetime, ArrPath]](context.clock, most=4)

    def growth(self, as_of: datetime | date | None) -> GrowthAnswer:
        """Return ARR over time in each currency; raises InvalidRequest (the future)."""
        moment = self._context.moment(as_of)
        then, path = self._paths.get(moment, lambda: self._path(moment))
        last = self._scan.last_day(then)
        items = [self._line(path, currency, last) for currency in path.currencies]
        return GrowthAnswer(as_of=then, last_day=last, items=items)

    def _path(self, moment: datetime | None) -> tuple[datetime, ArrPath]:
        as_of, path = moment or self._context.clock.now(), ArrPath()
        for facts in self._scan.every(as_of):
            path.add(revenue_steps(facts.contracts, self._scan.rates))
        return as_of, path

    def _line(self, path: ArrPath, currency: str, last: date) -> CurrencyGrowth:
        found = t2d3(path, currency, self._base, last)
        months = periods_from(months_before(last, MONTHS_SHOWN), "month")
        ends = [one.last for one in takewhile(lambda month: month.last < last, months)]
        days = [*ends, last]
        growth = found if isinstance(found, Growth) else None
        return CurrencyGrowth(
            currency=currency,
            base=self._base,
            began_on=growth.began if growth else None,
            arr_then=growth.arr if growth else None,
            years=[_year(one) for one in growth.years] if growth else [],
            monthly=[
                ArrPoint(day=day, arr=arr) for day, arr in zip(days, path.on(days, currency), strict=True)
            ],
            missing={"t2d3": found.reason} if isinstance(found, Missing) else {},
        )


def _year(one: GrowthYear) -> GrowthYearLine:
    return GrowthYearLine(
        day=one.day,
        factor=one.factor,
        target=one.target,
        actual=one.actual,
        attained=None if one.actual is None else one.actual / one.target,
        grown=one.grown,
    )
