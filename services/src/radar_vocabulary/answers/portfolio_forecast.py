"""What ``GET /v1/portfolio/forecast`` answers with."""

from typing import Literal

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Day, Moment


class EstimateLine(Struct, frozen=True, kw_only=True):
    """An expected value, and the interval that holds ``level`` of all draws."""

    expected: float
    low: float
    high: float


class SourceLine(Struct, frozen=True, kw_only=True):
    """How much of what is due has its probability from ``source``; none: it is taken for average."""

    source: Literal["model", "scorecard", "told", "none"]
    contracts: int
    arr: float


class QuarterLine(Struct, frozen=True, kw_only=True):
    """A quarter to come; ``partial``: what is left of the present one. None: missing, and why is in ``missing``.

    ``due_arr`` stands behind the ``contracts`` that come up; ``sources`` add up to both, but for what an earlier
    release scored last; ``arr_at_risk`` is what of it will be lost. ``grr`` and ``nrr`` are of the ARR that is expected
    to be in force when the quarter begins, of today's customers.
    """

    quarter: str
    first_day: Day
    last_day: Day
    partial: bool
    contracts: int
    due_arr: float
    sources: list[SourceLine]
    arr_at_risk: EstimateLine | None
    grr: EstimateLine | None
    nrr: EstimateLine | None
    missing: dict[str, str]


class CurrencyForecast(Struct, frozen=True, kw_only=True):
    """The quarters to come, in one currency; ``arr`` is in force today."""

    currency: str
    arr: float
    quarters: list[QuarterLine]


class AssumptionsLine(Struct, frozen=True, kw_only=True):
    """What the forecast takes for granted.

    ``correlation`` of any two contracts' fates; ``renewals_known``: past renewals whose change of MRR stands for that
    of those to come. Contracts come up again after each term; ``later_renewals``: with the same probability, or with
    what the champion has learned of who renewed before.
    """

    correlation: float
    level: float
    most_unknown: float
    draws: int
    seed: int
    renewals_known: int
    later_renewals: Literal["same", "learned"]


class PortfolioForecast(Struct, frozen=True, kw_only=True):
    """The forecast of the portfolio, or of the part of it that was asked for.

    ``unpriced_contracts`` come up in these quarters and name no MRR: they are in none of the figures.
    """

    as_of: Moment
    unpriced_contracts: int
    assumptions: AssumptionsLine
    items: list[CurrencyForecast]
