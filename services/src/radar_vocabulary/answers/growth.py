"""What ``GET /v1/portfolio/cohorts`` and ``/v1/portfolio/growth`` answer with."""

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Day, Every, Moment


class CohortMoney(Struct, frozen=True, kw_only=True):
    """A cohort's MRR in one currency at the end of a period.

    ``nrr`` is its share of what the cohort paid on the first day of its first contracts, ``grr`` the same with no
    account counted for more than it paid then; None where it paid nothing then.
    """

    currency: str
    mrr: float
    nrr: float | None
    grr: float | None


class CohortAge(Struct, frozen=True, kw_only=True):
    """What is left ``age`` periods after the cohort's own; ``retention`` is the share of its logos."""

    age: int
    day: Day
    logos: int
    retention: float
    money: list[CohortMoney]


class CohortLine(Struct, frozen=True, kw_only=True):
    """Accounts whose first contract began in the same month or quarter: a row of the triangle."""

    cohort: str
    first_day: Day
    logos: int
    mrr: dict[str, float]
    ages: list[CohortAge]


class Cohorts(Struct, frozen=True, kw_only=True):
    """The retention triangle, oldest cohort first; ``unknown``: accounts whose contracts say no beginning.

    The last age of each row is the period that ``last_day`` lies in, as it stood that day.
    """

    as_of: Moment
    last_day: Day
    every: Every
    items: list[CohortLine]
    unknown: int
    cohorts_left_out: int


class ArrPoint(Struct, frozen=True, kw_only=True):
    """ARR at the end of a month, or on the last day asked for."""

    day: Day
    arr: float


class GrowthYearLine(Struct, frozen=True, kw_only=True):
    """An anniversary: the ARR that T2D3 has there (``factor`` times that of the year before), and the actual one."""

    day: Day
    factor: int
    target: float
    actual: float | None
    attained: float | None
    grown: float | None


class CurrencyGrowth(Struct, frozen=True, kw_only=True):
    """ARR over time in one currency, and against T2D3 since it first reached ``base``; ``missing`` says why not."""

    currency: str
    base: float
    began_on: Day | None
    arr_then: float | None
    years: list[GrowthYearLine]
    monthly: list[ArrPoint]
    missing: dict[str, str]


class GrowthAnswer(Struct, frozen=True, kw_only=True):
    """Growth, currency by currency."""

    as_of: Moment
    last_day: Day
    items: list[CurrencyGrowth]
