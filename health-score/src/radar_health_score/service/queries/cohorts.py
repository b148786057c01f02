"""The retention triangle: cohorts of customers, and what became of them."""

from datetime import date, datetime
from typing import Final

from radar_health_score.domain.portfolio.cohorts import Cohort, Kept, Triangle
from radar_health_score.domain.workspace.calendar_periods import Period, periods_from
from radar_health_score.service.portfolio.portfolio_scan import PortfolioScan
from radar_health_score.service.queries.answer_cache import AnswerCache
from radar_health_score.service.queries.query_context import QueryContext
from radar_vocabulary.answers.growth import CohortAge, CohortLine, CohortMoney, Cohorts
from radar_vocabulary.contracts.scalars import Every

COHORTS_SHOWN: Final = 60


class CohortQueries:
    """Answers about cohorts, as of any day."""

    def __init__(self, context: QueryContext, scan: PortfolioScan) -> None:
        self._context = context
        self._scan = scan
        self._kept = AnswerCache[tuple[datetime, Triangle]](context.clock, most=4)

    def cohorts(self, as_of: datetime | date | None, *, every: Every) -> Cohorts:
        """Return the triangle, its newest COHORTS_SHOWN rows; raises InvalidRequest (the future)."""
        moment = self._context.moment(as_of)
        then, triangle = self._kept.get((moment, every), lambda: self._triangle(moment, every))
        rows = sorted(triangle.cohorts.items())
        last = self._scan.last_day(then)
        return Cohorts(
            as_of=then,
            last_day=last,
            every=every,
            items=[_line(period, cohort, every, last) for period, cohort in rows[-COHORTS_SHOWN:]],
            unknown=triangle.unknown,
            cohorts_left_out=max(0, len(rows) - COHORTS_SHOWN),
        )

    def _triangle(self, moment: datetime | None, every: Every) -> tuple[datetime, Triangle]:
        as_of = moment or self._context.clock.now()
        triangle = Triangle(every, self._scan.last_day(as_of), self._scan.rates)
        for facts in self._scan.every(as_of):
            triangle.add(facts.contracts)
        return as_of, triangle


def _line(period: Period, cohort: Cohort, every: Every, last: date) -> CohortLine:
    ends = (min(one.last, last) for one in periods_from(period.first, every))
    return CohortLine(
        cohort=period.name,
        first_day=period.first,
        logos=cohort.logos,
        mrr=cohort.mrr,
        ages=[
            _age(age, day, kept, cohort)
            for age, (day, kept) in enumerate(zip(ends, cohort.ages, strict=False))
        ],
    )


def _age(age: int, day: date, kept: Kept, cohort: Cohort) -> CohortAge:
    return CohortAge(
        age=age,
        day=day,
        logos=kept.logos,
        retention=kept.logos / cohort.logos,
        money=[
            CohortMoney(
                currency=currency,
                mrr=kept.mrr.get(currency, 0.0),
                nrr=_share(kept.mrr.get(currency, 0.0), cohort.mrr.get(currency, 0.0)),
                grr=_share(kept.gross.get(currency, 0.0), cohort.mrr.get(currency, 0.0)),
            )
            for currency in sorted(cohort.mrr.keys() | kept.mrr.keys())
        ],
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None
