"""The portfolio in the quarters to come."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Final

from radar_health_score.domain.contracts.term_ends import term_ends, worth
from radar_health_score.domain.contracts.terms import OVERDUE_GRACE
from radar_health_score.domain.forecast.long_horizon import NO_LONG_HORIZON, LongHorizonShrinkage
from radar_health_score.domain.forecast.renewal_draws import DRAWS, STRATA
from radar_health_score.domain.forecast.renewal_forecast import (
    Assumptions,
    DueContract,
    Estimate,
    QuarterForecast,
    forecast_quarters,
)
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.workspace.calendar_months import months_before
from radar_health_score.domain.workspace.calendar_periods import Period, periods_from
from radar_health_score.repositories.list_records import AccountFilter
from radar_health_score.repositories.renewal_lists import RenewalLists
from radar_health_score.repositories.renewal_records import DueRow
from radar_health_score.service.portfolio.portfolio_scan import PortfolioScan
from radar_health_score.service.queries.answer_cache import AnswerCache
from radar_health_score.service.queries.query_context import QueryContext
from radar_vocabulary.answers.portfolio_forecast import (
    AssumptionsLine,
    CurrencyForecast,
    EstimateLine,
    PortfolioForecast,
    QuarterLine,
    SourceLine,
)

QUARTERS: Final = 4
MONTHS_LOOKED_BACK: Final = 24


class PortfolioForecastQueries:
    """Answers about the quarters to come, from the renewal probabilities as they stand now."""

    def __init__(self, context: QueryContext, lists: RenewalLists, scan: PortfolioScan) -> None:
        self._context = context
        self._lists = lists
        self._scan = scan
        self._ratios = AnswerCache[list[float]](context.clock, most=1)
        self._kept = AnswerCache[PortfolioForecast](context.clock, most=32)

    def forecast(self, wanted: AccountFilter, correlation: float) -> PortfolioForecast:
        """Return what is left of this quarter, and the QUARTERS after it."""
        ratios = self._ratios.get("", self._renewed_at)
        return self._kept.get((wanted, correlation), lambda: self._fresh(wanted, correlation, ratios))

    def _fresh(self, wanted: AccountFilter, correlation: float, ratios: Sequence[float]) -> PortfolioForecast:
        now = self._context.clock.now()
        today = self._scan.last_day(now)
        periods = list(islice(periods_from(today, "quarter"), QUARTERS + 1))
        between = (today - OVERDUE_GRACE, periods[-1].last)
        with self._context.database.reading() as connection:
            due = self._lists.due(connection, wanted, between)
            arr = self._lists.arr(connection, wanted)
            counts = self._lists.totals(connection, wanted, between)
            champion = self._context.champions.at(connection, None)
        long_horizon = NO_LONG_HORIZON if champion is None else champion.fitted.model.long_horizon
        given = Assumptions(correlation=correlation)
        items = [
            _currency(currency, due, arr, periods, today, ratios, given, long_horizon)
            for currency in sorted(arr, key=lambda one: (-arr[one], one))
        ]
        return PortfolioForecast(
            as_of=now,
            unpriced_contracts=sum(one.contracts for one in counts if one.currency is None),
            assumptions=_assumed(given, len(ratios), long_horizon),
            items=items,
        )

    def _renewed_at(self) -> list[float]:
        """Return new over old MRR of every renewal of the last MONTHS_LOOKED_BACK months."""
        now: datetime = self._context.clock.now()
        last = self._scan.last_day(now)
        first = months_before(last, MONTHS_LOOKED_BACK)
        compared = (
            worth(end, self._scan.rates)
            for facts in self._scan.every(now)
            for end in term_ends(facts.contracts, first, last)
        )
        return [
            after.amount / before.amount
            for before, after in (one for one in compared if one is not None)
            if after is not None and before.amount > 0
        ]


def _currency(
    currency: str,
    due: Sequence[DueRow],
    arr: Mapping[str, float],
    periods: Sequence[Period],
    today: date,
    ratios: Sequence[float],
    given: Assumptions,
    long_horizon: LongHorizonShrinkage,
) -> CurrencyForecast:
    contracts = [_contract(row, today, long_horizon) for row in due if row.currency == currency]
    quarters = [(max(one.first, today), one.last) for one in periods]
    forecasts = forecast_quarters(
        contracts, quarters, base=arr[currency], renewed_at=ratios, assumptions=given
    )
    return CurrencyForecast(
        currency=currency,
        arr=arr[currency],
        quarters=[_quarter(period, one) for period, one in zip(periods, forecasts, strict=True)],
    )


def _contract(row: DueRow, today: date, long_horizon: LongHorizonShrinkage) -> DueContract:
    renews_on = date.fromisoformat(row.renews_on)
    length = None if row.starts_on is None else (renews_on - date.fromisoformat(row.starts_on)).days
    # What was cancelled comes up once: there is no later renewal.
    term = length if length and length > 0 and row.source != "told" else None
    lead = (renews_on - today).days
    return DueContract(
        renews_on=renews_on,
        arr=row.arr,
        probability=row.probability,
        source="none" if row.probability is None else row.source,
        term_days=term,
        later=None if row.probability is None else long_horizon.again(row.probability, lead, term),
    )


def _quarter(period: Period, one: QuarterForecast) -> QuarterLine:
    readings = {"arr_at_risk": one.arr_at_risk, "grr": one.grr, "nrr": one.nrr}
    return QuarterLine(
        quarter=period.name,
        first_day=one.first,
        last_day=one.last,
        partial=one.first > period.first,
        contracts=one.contracts,
        due_arr=one.due_arr,
        sources=[
            SourceLine(source=part.source, contracts=part.contracts, arr=part.arr) for part in one.sources
        ],
        arr_at_risk=_estimate(one.arr_at_risk),
        grr=_estimate(one.grr),
        nrr=_estimate(one.nrr),
        missing={name: reading.reason for name, reading in readings.items() if isinstance(reading, Missing)},
    )


def _estimate(one: Estimate | Missing) -> EstimateLine | None:
    if isinstance(one, Missing):
        return None
    return EstimateLine(expected=one.expected, low=one.low, high=one.high)


def _assumed(given: Assumptions, renewals: int, long_horizon: LongHorizonShrinkage) -> AssumptionsLine:
    return AssumptionsLine(
        correlation=given.correlation,
        level=given.level,
        most_unknown=given.most_unknown,
        draws=STRATA * DRAWS,
        seed=given.seed,
        renewals_known=renewals,
        later_renewals="same" if long_horizon.later is None else "learned",
    )
