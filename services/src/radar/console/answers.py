"""The answers of the services' HTTP APIs as far as the console reads them; anything more is left alone."""

from datetime import date, datetime
from typing import Generic, TypeVar

from msgspec import Struct

from radar_vocabulary.contracts.health import Driver, HealthSnapshot
from radar_vocabulary.contracts.scalars import Band, Money, Owner, Standing

T = TypeVar("T")


class Page(Struct, Generic[T], frozen=True, kw_only=True):
    """A page of a list."""

    items: tuple[T, ...]
    next_cursor: str | None = None


class BandTotal(Struct, frozen=True, kw_only=True):
    """How many accounts are in a band, and what is at risk there, a sum per currency."""

    band: Band
    accounts: int
    arr_at_risk: tuple[Money, ...] = ()


class StandingTotal(Struct, frozen=True, kw_only=True):
    """How many accounts have a standing, whichever of them a filter asks for."""

    standing: Standing
    accounts: int


class PortfolioTotals(Struct, frozen=True, kw_only=True):
    """Sums over every account that a filter lets through, not just the page shown."""

    accounts: int
    arr: tuple[Money, ...] = ()
    arr_at_risk: tuple[Money, ...] = ()
    bands: tuple[BandTotal, ...] = ()
    standings: tuple[StandingTotal, ...] = ()


class ListedAccount(Struct, frozen=True, kw_only=True):
    """An account in ``GET /v1/accounts``."""

    account_id: str
    name: str | None = None
    standing: Standing = "customer"
    segment: str | None = None
    owner: Owner | None = None
    score: float | None = None
    band: Band = "unknown"
    renews_on: date | None = None
    arr: Money | None = None
    arr_at_risk: Money | None = None
    probability: float | None = None
    top_driver: Driver | None = None
    trend: tuple[float | None, ...] = ()


class AccountPage(Struct, frozen=True, kw_only=True):
    """``GET /v1/accounts``."""

    items: tuple[ListedAccount, ...]
    next_cursor: str | None = None
    totals: PortfolioTotals | None = None


class ClosedTerm(Struct, frozen=True, kw_only=True):
    """How a contract's term ended."""

    on: date | None = None
    outcome: str = "ended"


class ContractAnswer(Struct, frozen=True, kw_only=True):
    """A contract in ``GET /v1/accounts/{id}``."""

    contract_id: str
    product: str | None = None
    starts_on: date | None = None
    renews_on: date | None = None
    mrr: Money | None = None
    arr: Money | None = None
    seats: int | None = None
    auto_renew: bool | None = None
    notice_days: int | None = None
    closing: ClosedTerm | None = None


class WorstMemberAnswer(Struct, frozen=True, kw_only=True):
    """The account of a family with the lowest score."""

    account_id: str
    score: float
    name: str | None = None
    band: Band = "unknown"


class FamilyAnswer(Struct, frozen=True, kw_only=True):
    """An account and everything below it, rolled up; ``ancestors`` are above it, the nearest first."""

    ancestors: tuple[str, ...] = ()
    members: int = 1
    score: float | None = None
    worst: WorstMemberAnswer | None = None
    arr: tuple[Money, ...] = ()
    arr_at_risk: tuple[Money, ...] = ()


class AccountAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/accounts/{id}``."""

    account_id: str
    name: str | None = None
    segment: str | None = None
    industry: str | None = None
    region: str | None = None
    owner: Owner | None = None
    contracts: tuple[ContractAnswer, ...] = ()
    health: HealthSnapshot | None = None
    family: FamilyAnswer | None = None


class HistoryPoint(Struct, frozen=True, kw_only=True):
    """A day in ``GET /v1/accounts/{id}/health/history``."""

    day: date
    as_of: datetime
    score: float | None = None
    band: Band = "unknown"


class DriverMove(Struct, frozen=True, kw_only=True):
    """A driver in ``GET /v1/accounts/{id}/health/changes``: its points at both ends, and the parts of the change."""

    metric: str
    points_from: float
    points_to: float
    behaviour: float
    time: float
    configuration: float
    text: str


class ChangesAnswer(Struct, frozen=True, kw_only=True, rename={"earlier": "from", "later": "to"}):
    """``GET /v1/accounts/{id}/health/changes``."""

    earlier: HealthSnapshot
    later: HealthSnapshot
    behaviour: float
    time: float
    configuration: float
    drivers: tuple[DriverMove, ...] = ()


class MetricAnswer(Struct, frozen=True, kw_only=True):
    """A metric in ``GET /v1/accounts/{id}/metrics``: a value, or why there is none."""

    metric: str
    dimension: str
    unit: str = ""
    value: float | None = None
    missing: str | None = None
    description: str | None = None


class PersonAnswer(Struct, frozen=True, kw_only=True):
    """A user in ``GET /v1/accounts/{id}/users``."""

    user_id: str
    name: str | None = None
    role: str | None = None
    last_active_on: date | None = None
    left_at: datetime | None = None


class FindingAnswer(Struct, frozen=True, kw_only=True):
    """Something about the people of an account that endangers its renewal."""

    kind: str
    text: str


class PeopleSummaryAnswer(Struct, frozen=True, kw_only=True):
    """What there is to say about all people of an account."""

    findings: tuple[FindingAnswer, ...] = ()


class PeopleAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/accounts/{id}/users``."""

    items: tuple[PersonAnswer, ...] = ()
    people: PeopleSummaryAnswer = PeopleSummaryAnswer()
    next_cursor: str | None = None


class FeatureAnswer(Struct, frozen=True, kw_only=True):
    """A feature in ``GET /v1/accounts/{id}/features``."""

    feature: str
    key: bool = False
    total: int | None = None
    uses_28d: int | None = None
    users_28d: int | None = None


class RenewalAnswer(Struct, frozen=True, kw_only=True):
    """A contract coming up, in ``GET /v1/renewals``."""

    account_id: str


class RenewalTotals(Struct, frozen=True, kw_only=True):
    """The sums of ``GET /v1/renewals``."""

    contracts: int | None = None
    arr: tuple[Money, ...] = ()
    arr_at_risk: tuple[Money, ...] = ()


class RenewalPage(Struct, frozen=True, kw_only=True):
    """``GET /v1/renewals``."""

    items: tuple[RenewalAnswer, ...]
    totals: RenewalTotals | None = None
    next_cursor: str | None = None


class BandLimits(Struct, frozen=True, kw_only=True):
    """The scores from which on an account is healthy, or one to watch; below it is at risk."""

    healthy: float
    watch: float


class ScorecardAnswer(Struct, frozen=True, kw_only=True):
    """A scorecard in ``GET /v1/scorecards``."""

    name: str
    version: str
    bands: BandLimits


class AlertStep(Struct, frozen=True, kw_only=True):
    """A step in an alert's life."""

    sequence: int
    change: str
    at: datetime
    state: str | None = None
    actor: str | None = None
    note: str | None = None


class AlertAnswer(Struct, frozen=True, kw_only=True):
    """An alert in ``GET /v1/alerts``; ``timeline`` only in ``GET /v1/alerts/{id}``."""

    alert_id: str
    account_id: str
    state: str
    opened_at: datetime | None = None
    account_name: str | None = None
    segment: str | None = None
    severity: str | None = None
    owner: Owner | None = None
    contract_id: str | None = None
    renews_on: date | None = None
    score: float | None = None
    band: Band = "unknown"
    arr_at_risk: Money | None = None
    drivers: tuple[Driver, ...] = ()
    acknowledged_by: str | None = None
    snoozed_until: datetime | None = None
    resolved_at: datetime | None = None
    outcome: str | None = None
    timeline: tuple[AlertStep, ...] = ()


class DeliveryAnswer(Struct, frozen=True, kw_only=True):
    """A message in ``GET /v1/deliveries``."""

    delivery_id: str
    channel: str
    state: str
    created_at: datetime
    recipient: str | None = None
    subject: str | None = None
    text: str | None = None
    alert_id: str | None = None
    account_id: str | None = None
    finished_at: datetime | None = None
    reason: str | None = None
