"""What is coming up and how the portfolio grew, as far as the console reads the answers on it."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from radar_vocabulary.contracts.health import Driver, Renewal
from radar_vocabulary.contracts.scalars import Band, Money, Owner


class DueContractAnswer(Struct, frozen=True, kw_only=True):
    """A contract in ``GET /v1/renewals``."""

    contract_id: str
    account_id: str
    renews_on: date
    name: str | None = None
    segment: str | None = None
    owner: Owner | None = None
    notice_by: date | None = None
    auto_renew: bool | None = None
    arr: Money | None = None
    probability: float | None = None
    arr_at_risk: Money | None = None
    renewal: Renewal | None = None
    score: float | None = None
    band: Band = "unknown"
    drivers: tuple[Driver, ...] = ()


class DueTotalsAnswer(Struct, frozen=True, kw_only=True):
    """Sums over every contract asked for."""

    contracts: int
    arr: tuple[Money, ...] = ()
    arr_at_risk: tuple[Money, ...] = ()


class DuePageAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/renewals``."""

    items: tuple[DueContractAnswer, ...]
    totals: DueTotalsAnswer
    next_cursor: str | None = None


class EstimateAnswer(Struct, frozen=True, kw_only=True):
    """An expected value and its interval."""

    expected: float
    low: float
    high: float


class SourceAnswer(Struct, frozen=True, kw_only=True):
    """How much of what is due has its probability from a source."""

    source: Literal["model", "scorecard", "none"]
    contracts: int
    arr: float


class QuarterAnswer(Struct, frozen=True, kw_only=True):
    """A quarter to come; ``missing`` says why an estimate is None."""

    quarter: str
    first_day: date
    last_day: date
    partial: bool
    contracts: int
    due_arr: float
    sources: tuple[SourceAnswer, ...] = ()
    arr_at_risk: EstimateAnswer | None = None
    grr: EstimateAnswer | None = None
    nrr: EstimateAnswer | None = None
    missing: dict[str, str] = {}


class CurrencyOutlookAnswer(Struct, frozen=True, kw_only=True):
    """The quarters to come in one currency."""

    currency: str
    arr: float
    quarters: tuple[QuarterAnswer, ...]


class AssumptionsAnswer(Struct, frozen=True, kw_only=True):
    """What the forecast takes for granted."""

    correlation: float
    level: float


class OutlookAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/portfolio/forecast``."""

    as_of: datetime
    assumptions: AssumptionsAnswer
    items: tuple[CurrencyOutlookAnswer, ...]


class CohortMoneyAnswer(Struct, frozen=True, kw_only=True):
    """A cohort's revenue retention in one currency."""

    currency: str
    mrr: float
    nrr: float | None = None
    grr: float | None = None


class CohortAgeAnswer(Struct, frozen=True, kw_only=True):
    """What is left of a cohort after so many periods."""

    age: int
    day: date
    logos: int
    retention: float
    money: tuple[CohortMoneyAnswer, ...] = ()


class CohortAnswer(Struct, frozen=True, kw_only=True):
    """Accounts that began in the same period."""

    cohort: str
    logos: int
    ages: tuple[CohortAgeAnswer, ...]


class CohortsAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/portfolio/cohorts``."""

    last_day: date
    items: tuple[CohortAnswer, ...]
    unknown: int = 0


class ArrPointAnswer(Struct, frozen=True, kw_only=True):
    """ARR on a day."""

    day: date
    arr: float


class GrowthYearAnswer(Struct, frozen=True, kw_only=True):
    """An anniversary on the way of T2D3."""

    day: date
    factor: int
    target: float
    actual: float | None = None
    attained: float | None = None


class CurrencyGrowthAnswer(Struct, frozen=True, kw_only=True):
    """ARR over time in one currency, against T2D3; ``missing`` says why there is no comparison."""

    currency: str
    base: float
    years: tuple[GrowthYearAnswer, ...] = ()
    monthly: tuple[ArrPointAnswer, ...] = ()
    missing: dict[str, str] = {}


class GrowthAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/portfolio/growth``."""

    last_day: date
    items: tuple[CurrencyGrowthAnswer, ...]


class LossGroupAnswer(Struct, frozen=True, kw_only=True):
    """Losses for the same reason or to the same competitor."""

    label: str | None
    losses: int
    accounts: int
    won_back: int
    mrr: tuple[Money, ...] = ()


class LossAnswer(Struct, frozen=True, kw_only=True):
    """A contract that was lost; ``since``: gone, won_back or stayed."""

    account_id: str
    lost_on: date
    since: str
    name: str | None = None
    arr: Money | None = None
    reason: str | None = None
    competitor: str | None = None


class LossesAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/losses``."""

    first_day: date
    last_day: date
    total: LossGroupAnswer
    reasons: tuple[LossGroupAnswer, ...]
    competitors: tuple[LossGroupAnswer, ...]
    items: tuple[LossAnswer, ...]
