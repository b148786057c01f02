"""What ``GET /v1/renewals`` answers with."""

from msgspec import Struct

from radar_vocabulary.contracts.health import Driver, ModelRef, Renewal
from radar_vocabulary.contracts.scalars import Band, Day, Money, Owner, Segment


class RenewalLine(Struct, frozen=True, kw_only=True):
    """A contract coming up for renewal.

    ``arr`` and ``arr_at_risk`` are in the workspace's currency where a rate is configured; ``renewal`` has them as
    agreed. ``notice_by`` is the last day for giving notice. ``score``, ``band`` and ``drivers`` are the account's.
    ``model`` is the version that spoke of this contract (None: the scorecard did), with its reasons where asked for.
    """

    contract_id: str
    account_id: str
    name: str | None
    segment: Segment
    industry: str | None
    region: str | None
    owner: Owner | None
    renews_on: Day
    notice_by: Day | None
    auto_renew: bool | None
    arr: Money | None
    probability: float | None
    arr_at_risk: Money | None
    score: float | None
    band: Band
    renewal: Renewal
    drivers: tuple[Driver, ...]
    model: ModelRef | None = None


class RenewalTotals(Struct, frozen=True, kw_only=True):
    """Sums over every contract asked for, not just this page; money is one sum per currency."""

    contracts: int
    arr: list[Money]
    arr_at_risk: list[Money]


class UndatedLine(Struct, frozen=True, kw_only=True):
    """A contract in force whose renewal date nobody has told; ``arr`` as in ``RenewalLine``."""

    contract_id: str
    term_id: str
    account_id: str
    name: str | None
    owner: Owner | None
    arr: Money | None


class Renewals(Struct, frozen=True, kw_only=True):
    """Contracts by renewal date, with totals over all of them.

    ``date_unknown``: contracts in force whose renewal date nobody has told, those with most ARR; in no total.
    """

    items: list[RenewalLine]
    totals: RenewalTotals
    next_cursor: str | None = None
    date_unknown: list[UndatedLine] = []
