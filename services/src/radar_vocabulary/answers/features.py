"""What ``GET /v1/features``, ``/v1/features/{name}`` and ``/v1/accounts/{id}/features`` answer with."""

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Band, Day, Moment, Money, Segment


class FeatureTotals(Struct, frozen=True, kw_only=True):
    """A feature over all accounts, in the last 28 days; None: missing, and why is in ``missing``.

    ``adoption`` is its share of the active accounts, ``trend`` the change of uses against the 28 days before,
    ``arr`` that of the accounts that used it, a sum per currency; ``arr_due_90d`` what of it comes up for renewal
    within 90 days (or is overdue by no more). ``accounts_only_key`` used no other key feature: retiring it would hit
    them hardest.
    """

    feature: str
    key: bool
    accounts_28d: int
    accounts_28d_before: int
    adoption: float | None
    users_28d: int
    uses_28d: int
    uses_28d_before: int
    uses_per_account: float | None
    trend: float | None
    arr: list[Money]
    arr_due_90d: list[Money]
    accounts_only_key: int
    arr_only_key: list[Money]
    last_used_at: Moment | None
    missing: dict[str, str]


class FeaturePage(Struct, frozen=True, kw_only=True):
    """A page of features, those of most accounts first."""

    as_of: Moment
    active_accounts: int
    items: list[FeatureTotals]
    next_cursor: str | None = None


class TouchedAccount(Struct, frozen=True, kw_only=True):
    """An account that retiring the feature would touch: it used it in the last 28 days."""

    account_id: str
    name: str | None
    segment: Segment | None
    owner: str | None
    users_28d: int
    uses_28d: int
    last_used_at: Moment
    arr: list[Money]
    arr_due_90d: list[Money]
    only_key: bool
    renews_on: Day | None
    score: float | None
    band: Band


class FeatureDetail(Struct, frozen=True, kw_only=True):
    """One feature, and a page of the accounts that retiring it would touch, those with most ARR first."""

    as_of: Moment
    active_accounts: int
    feature: FeatureTotals
    items: list[TouchedAccount]
    next_cursor: str | None = None


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
