"""What ``GET /v1/accounts/{id}/users`` answers with."""

from typing import Literal

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Day, Life, Moment, Role

FindingKind = Literal["decision_maker_quiet", "champion_silent", "one_person"]


class UserLine(Struct, frozen=True, kw_only=True):
    """A person of the account.

    ``active_days_28d`` counts days with any use; the shares are of the account's records; ``champion`` marks the
    most active user of the last 90 days; ``life`` is null for who never used the product.
    """

    user_id: str
    name: str | None
    role: Role | None
    life: Life | None
    champion: bool
    first_active_on: Day | None
    activated_on: Day | None
    last_active_on: Day | None
    left_at: Moment | None
    active_days_28d: int
    share_28d: float
    share_90d: float


class LifeCounts(Struct, frozen=True, kw_only=True):
    """How many people stand where; ``never_active``: known by name alone."""

    new: int
    active: int
    dormant: int
    lost: int
    never_active: int


class RoleLine(Struct, frozen=True, kw_only=True):
    """The people of a role (null: nobody told it) who have not left, and when the last of them was there."""

    role: Role | None
    people: int
    active_28d: int
    last_active_on: Day | None


class Finding(Struct, frozen=True, kw_only=True):
    """Something about a person of the account that endangers the renewal.

    Attributes:
        metric: the metric that says so, with its ``value``.
        user_id: the person; None where nobody is left to name. ``name``, ``role``: as far as they are known.
        since: the last day on which the person (or anybody, where none is named) was active; for one_person the
            first day of the window it is told of.
        share: the person's part of the account's records: of the last 90 days, for one_person of the last 28.
        left: whether the person has left the account.
    """

    kind: FindingKind
    metric: str
    value: float
    user_id: str | None
    name: str | None
    role: Role | None
    since: Day | None
    share: float | None
    left: bool
    text: str


class PeopleSummary(Struct, frozen=True, kw_only=True):
    """All people of an account, whatever part of them is listed."""

    lives: LifeCounts
    roles: tuple[RoleLine, ...]
    findings: tuple[Finding, ...]


class PeoplePage(Struct, frozen=True, kw_only=True):
    """A page of people, with what there is to say about all of them."""

    as_of: Moment
    items: list[UserLine]
    people: PeopleSummary
    next_cursor: str | None = None
