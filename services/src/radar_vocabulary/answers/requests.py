"""What ``GET /v1/requests`` answers with."""

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Day, Moment, Money


class RequestLine(Struct, frozen=True, kw_only=True):
    """What one account asks for; ``asked_on`` is when it was first said, as far as that is kept."""

    account_id: str
    name: str | None
    request_id: str
    asked_on: Day
    kind: str | None
    status: str | None
    description: str | None
    region: str | None
    follow_up: str | None


class DemandLine(Struct, frozen=True, kw_only=True):
    """Similar requests taken together: the most pressing kind among them, and the ARR of the accounts behind them.

    ``description`` is the oldest one's; ``requests`` shows the ten oldest of ``requests_total``.
    """

    rank: int
    kind: str
    module: str | None
    description: str | None
    first_asked_on: Day
    last_asked_on: Day
    accounts: int
    arr: list[Money]
    regions: list[str]
    follow_up: list[str]
    statuses: list[str]
    requests: list[RequestLine]
    requests_total: int


class RequestPool(Struct, frozen=True, kw_only=True):
    """The demand pool, most pressing first; ``left_out`` requests are finished, dismissed or say nothing."""

    as_of: Moment
    kinds: dict[str, int]
    left_out: int
    items: list[DemandLine]
    next_cursor: str | None = None
