"""What ``GET /v1/portfolio`` answers with."""

from typing import Literal

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Day, Moment

By = Literal["segment", "industry", "region", "owner", "stage", "business_model", "cohort"]


class Movement(Struct, frozen=True, kw_only=True):
    """How MRR came from the window's beginning to now: base + expansion − contraction − churned + new + won_back."""

    base: float
    expansion: float
    contraction: float
    churned: float
    new: float
    won_back: float


class MoneyEconomics(Struct, frozen=True, kw_only=True):
    """What is measured in money, in one currency; None: missing, and why is in ``missing`` under the same name.

    ``renewal_rate`` is by value: ``mrr_renewed`` / ``mrr_ended``, of the terms that ended in the window.
    """

    currency: str
    paying_accounts: int
    mrr: float
    arr: float
    grr: float | None
    nrr: float | None
    revenue_churn: float | None
    mrr_ended: float
    mrr_renewed: float
    renewal_rate: float | None
    mrr_growth: float | None
    arpa: float | None
    ltv: float | None
    ltv_to_cac: float | None
    movement: Movement
    missing: dict[str, str]


class Renewed(Struct, frozen=True, kw_only=True):
    """Terms that ended in the window by how, and open ones whose renewal date has passed."""

    renewed: int
    churned: int
    overdue: int


class ExcludedAccounts(Struct, frozen=True, kw_only=True):
    """Accounts that retention can't count: a term without MRR; another currency now, and no rate between them."""

    unpriced: int
    switched_currency: int


class GroupEconomics(Struct, frozen=True, kw_only=True):
    """The economics of a group; ``group`` None: the total, or in a list those of whom it isn't known.

    ``renewal_rate`` is by count of terms; that by value stands with the money.
    """

    group: str | None
    accounts: int
    customers: int
    customers_before: int
    customers_lost: int
    customers_new: int
    customers_won_back: int
    renewals: Renewed
    renewal_rate: float | None
    logo_churn: float | None
    lifetime_months: float | None
    money: list[MoneyEconomics]
    left_out: ExcludedAccounts
    missing: dict[str, str]


class Portfolio(Struct, frozen=True, kw_only=True):
    """The portfolio's economics over the days after ``first_day`` through ``last_day``.

    ``currency`` and ``rates`` are those configured; ``groups`` come by size, the ``groups_left_out`` smallest not.
    """

    as_of: Moment
    first_day: Day
    last_day: Day
    months: int
    by: By
    currency: str | None
    rates: dict[str, float]
    total: GroupEconomics
    groups: list[GroupEconomics]
    groups_left_out: int
