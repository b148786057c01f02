"""What the HTTP API answers with, apart from health snapshots."""

from msgspec import Struct

from radar_health_score.service.queries.family_answers import Family
from radar_health_score.service.queries.people_answers import PeopleSummary
from radar_health_score.service.scoring.configurations import Period
from radar_vocabulary.contracts.health import (
    DimensionHealth,
    Driver,
    HealthSnapshot,
    Override,
    Revenue,
    ScorecardRef,
)
from radar_vocabulary.contracts.scalars import (
    Band,
    Day,
    Dimension,
    FunnelStep,
    Moment,
    Money,
    Owner,
    Segment,
    Stage,
    Standing,
)


class AccountLine(Struct, frozen=True, kw_only=True):
    """An account in a list.

    ``arr`` is of all contracts in force, ``arr_at_risk`` of those due within a year, in the workspace's currency
    where a rate is configured, else in that which the account pays most in; ``revenue`` has every currency as agreed.
    ``renews_on`` and ``probability`` are of the next renewal.
    """

    account_id: str
    name: str | None
    standing: Standing
    stage: Stage | None
    segment: Segment
    owner: Owner | None
    industry: str | None
    region: str | None
    parent_id: str | None
    score: float | None
    band: Band
    renews_on: Day | None
    arr: Money | None
    arr_at_risk: Money | None
    revenue: tuple[Revenue, ...]
    probability: float | None
    top_driver: Driver | None
    trend: tuple[float | None, ...]
    override: Override | None
    as_of: Moment


class BandTotal(Struct, frozen=True, kw_only=True):
    """How many accounts are in a band, and the ARR at risk there, a sum per currency."""

    band: Band
    accounts: int
    arr_at_risk: list[Money]


class StandingTotal(Struct, frozen=True, kw_only=True):
    """How many accounts have a standing."""

    standing: Standing
    accounts: int


class PortfolioTotals(Struct, frozen=True, kw_only=True):
    """Sums over every account that the filter lets through, one per currency.

    ``arr`` is of all contracts in force, ``arr_at_risk`` of those due within a year (``Revenue``).

    Former customers count only where the filter asks for them; ``standings`` says how many there are of each.
    """

    accounts: int
    arr: list[Money]
    arr_at_risk: list[Money]
    bands: list[BandTotal]
    standings: list[StandingTotal]


class AccountPage(Struct, frozen=True, kw_only=True):
    """A page of accounts, with totals over all pages."""

    items: list[AccountLine]
    totals: PortfolioTotals
    next_cursor: str | None = None


class ChildrenPage(Struct, frozen=True, kw_only=True):
    """A page of the accounts directly below one, with the sums over its whole family."""

    account_id: str
    items: list[AccountLine]
    family: Family | None
    next_cursor: str | None = None


class Ended(Struct, frozen=True, kw_only=True):
    """How a term ended."""

    on: Day
    outcome: str
    new_mrr: Money | None


class ContractLine(Struct, frozen=True, kw_only=True):
    """A term of a contract; ``closing`` is None while it is open. ARR is 12 × MRR."""

    contract_id: str
    product: str | None
    starts_on: Day | None
    renews_on: Day | None
    mrr: Money | None
    arr: Money | None
    seats: int | None
    auto_renew: bool | None
    notice_days: int | None
    closing: Ended | None


class AccountDetail(Struct, frozen=True, kw_only=True):
    """An account: who it is, what it has agreed to, how it is.

    ``north_star`` names features; it, the target for four weeks and the kind of business are those of the account's
    products where the account doesn't say.
    """

    account_id: str
    name: str | None
    standing: Standing
    stage: Stage | None
    reached: tuple[FunnelStep, ...] | None
    segment: Segment
    industry: str | None
    region: str | None
    business_model: str | None
    owner: Owner | None
    parent_id: str | None
    language: str | None
    time_zone: str | None
    north_star: tuple[str, ...]
    north_star_target: float | None
    milestones: tuple[str, ...]
    people: PeopleSummary
    family: Family | None
    contracts: tuple[ContractLine, ...]
    health: HealthSnapshot


class HealthPoint(Struct, frozen=True, kw_only=True):
    """A day's last snapshot, short; ``recomputed`` where none was kept and history gave it.

    ``score`` and the rest are of ``as_of``; a day that was recomputed is seen from its end. ``override``: what a
    person had set in place of the scorecard's word.
    """

    day: Day
    as_of: Moment
    score: float | None
    band: Band
    coverage: float
    dimensions: dict[Dimension, DimensionHealth]
    scorecard: ScorecardRef
    recomputed: bool
    override: Override | None


class MetricLine(Struct, frozen=True, kw_only=True):
    """A metric's value, or why it is missing."""

    metric: str
    dimension: Dimension
    value: float | None
    unit: str
    direction: str
    description: str
    missing: str | None


class Metrics(Struct, frozen=True, kw_only=True):
    """Every metric of an account at a moment."""

    account_id: str
    as_of: Moment
    items: list[MetricLine]


class FeatureLine(Struct, frozen=True, kw_only=True):
    """Adoption of a feature; ``total`` and ``users`` since ever."""

    feature: str
    key: bool
    total: int
    seconds: float
    users: int
    uses_28d: int
    users_28d: int
    last_used_at: Moment | None


class ScorecardMetric(Struct, frozen=True, kw_only=True):
    """A metric's place in a scorecard: weight within its dimension, and points of its curve."""

    metric: str
    weight: float
    curve: list[list[float]]


class ScorecardDimension(Struct, frozen=True, kw_only=True):
    """A dimension's place in a scorecard."""

    dimension: Dimension
    weight: float
    metrics: list[ScorecardMetric]


class BandLimits(Struct, frozen=True, kw_only=True):
    """Scores at which the bands healthy and watch begin."""

    healthy: float
    watch: float


class ScorecardLine(Struct, frozen=True, kw_only=True):
    """A scorecard: for whom it speaks, and how it scores.

    ``applies_to``: conditions that an account meets, all of them; empty: everybody that no other one speaks for.
    ``renewal``: points of the curve from the score to the probability of renewing.
    """

    name: str
    version: str
    applies_to: dict[str, list[str]]
    neutral: float
    bands: BandLimits
    min_coverage: float
    stale_after_days: int
    when_stale: str
    renewal: list[list[float]]
    dimensions: list[ScorecardDimension]


class ScorecardVersion(Struct, frozen=True, kw_only=True):
    """A scorecard that is or was in use, and its content as a file would have it (YAML)."""

    scorecard: ScorecardLine
    in_force: bool
    periods: tuple[Period, ...]
    yaml: str


class ScorecardVersionLine(Struct, frozen=True, kw_only=True):
    """A scorecard that is or was in use, and when."""

    name: str
    version: str
    in_force: bool
    periods: tuple[Period, ...]
