"""The health-score service's answers about the whole portfolio, as far as the console reads them."""

from datetime import date, datetime

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Band, Money


class MovementAnswer(Struct, frozen=True, kw_only=True):
    """How MRR came from the window's beginning to its end."""

    base: float
    expansion: float
    contraction: float
    churned: float
    new: float
    won_back: float


class MoneyAnswer(Struct, frozen=True, kw_only=True):
    """A group's economics in one currency; ``missing`` says why a value is None."""

    currency: str
    paying_accounts: int
    mrr: float
    arr: float
    movement: MovementAnswer
    grr: float | None = None
    nrr: float | None = None
    revenue_churn: float | None = None
    arpa: float | None = None
    ltv: float | None = None
    ltv_to_cac: float | None = None
    missing: dict[str, str] = {}


class RenewedAnswer(Struct, frozen=True, kw_only=True):
    """Terms that ended in the window, and open ones past their renewal date."""

    renewed: int
    churned: int
    overdue: int


class LeftOutAnswer(Struct, frozen=True, kw_only=True):
    """Accounts that retention can't count."""

    unpriced: int = 0
    switched_currency: int = 0


class GroupAnswer(Struct, frozen=True, kw_only=True):
    """The economics of a group of accounts."""

    group: str | None
    accounts: int
    customers: int
    customers_before: int
    customers_lost: int
    renewals: RenewedAnswer
    left_out: LeftOutAnswer
    money: tuple[MoneyAnswer, ...]
    renewal_rate: float | None = None
    logo_churn: float | None = None
    lifetime_months: float | None = None
    missing: dict[str, str] = {}


class PortfolioAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/portfolio``."""

    as_of: datetime
    first_day: date
    last_day: date
    months: int
    total: GroupAnswer
    groups: tuple[GroupAnswer, ...]
    currency: str | None = None
    groups_left_out: int = 0


class FeatureTotalsAnswer(Struct, frozen=True, kw_only=True):
    """A feature over all accounts, in ``GET /v1/features``; ``missing`` says why a value is None."""

    feature: str
    key: bool
    accounts_28d: int
    accounts_28d_before: int
    users_28d: int
    uses_28d: int
    adoption: float | None = None
    uses_per_account: float | None = None
    trend: float | None = None
    arr: tuple[Money, ...] = ()
    last_used_at: datetime | None = None
    missing: dict[str, str] = {}


class FeaturePageAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/features``."""

    as_of: datetime
    active_accounts: int
    items: tuple[FeatureTotalsAnswer, ...]
    next_cursor: str | None = None


class TouchedAnswer(Struct, frozen=True, kw_only=True):
    """An account that uses a feature."""

    account_id: str
    users_28d: int
    uses_28d: int
    last_used_at: datetime
    name: str | None = None
    segment: str | None = None
    owner: str | None = None
    arr: tuple[Money, ...] = ()
    renews_on: date | None = None
    score: float | None = None
    band: Band = "unknown"


class FeatureDetailAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/features/{name}``."""

    as_of: datetime
    active_accounts: int
    feature: FeatureTotalsAnswer
    items: tuple[TouchedAnswer, ...]
    next_cursor: str | None = None
