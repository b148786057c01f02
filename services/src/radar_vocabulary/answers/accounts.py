"""What ``GET /v1/accounts`` and ``/v1/accounts/{id}`` answer with."""

from msgspec import Struct

from radar_vocabulary.answers.families import Family
from radar_vocabulary.answers.people import PeopleSummary
from radar_vocabulary.contracts.health import Driver, HealthSnapshot, Override, Revenue
from radar_vocabulary.contracts.scalars import (
    Band,
    Day,
    FunnelStep,
    Moment,
    Money,
    Owner,
    Segment,
    Stage,
    Standing,
)


class Unscorable(Struct, frozen=True, kw_only=True):
    """Why an account can't be scored, since when, and when that is tried again without new facts of it."""

    since: Moment
    retry_at: Moment
    text: str


class AccountLine(Struct, frozen=True, kw_only=True):
    """An account in a list.

    ``arr`` is of all contracts in force, ``arr_at_risk`` of those due within a year, in the workspace's currency
    where a rate is configured, else in that which the account pays most in; ``revenue`` has every currency as agreed.
    ``renews_on`` and ``probability`` are of the next renewal. Of an account that is ``unscorable`` the rest is what was
    last known of it.
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
    unscorable: Unscorable | None = None


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
    """A term of a contract; ``closing`` is None while it is open. ARR is 12 × MRR.

    ``term_id`` identifies the term within its account, whatever is told of it later. ``closing`` may lie ahead.
    ``paused``: whether it is paused now. ``renews_on`` is None where the term runs until somebody ends it, and where
    its date isn't known.
    """

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
    term_id: str | None = None
    trial: bool = False
    paused: bool = False


class SkippedValue(Struct, frozen=True, kw_only=True):
    """A value told of a contract that none can have, stored by an earlier release: it is read as if not told."""

    contract_id: str
    field: str
    value: str


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
    skipped: tuple[SkippedValue, ...] = ()
    health: HealthSnapshot
    unscorable: Unscorable | None = None
