"""What ``GET /v1/losses`` answers with."""

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Day, Moment, Money, Owner, Segment, Since


class LossLine(Struct, frozen=True, kw_only=True):
    """A contract that was lost; ``since`` says what became of the account: gone, won_back or stayed.

    ``term_id`` is that of the term that churned.
    """

    account_id: str
    name: str | None
    segment: Segment
    industry: str | None
    region: str | None
    owner: Owner | None
    contract_id: str
    lost_on: Day
    customer_since: Day | None
    mrr: Money | None
    arr: Money | None
    reason: str | None
    competitor: str | None
    since: Since
    term_id: str | None = None


class LossGroup(Struct, frozen=True, kw_only=True):
    """Losses for the same reason or to the same competitor; ``label`` None: nobody said.

    ``won_back`` of them came back; ``unpriced`` of them named no MRR.
    """

    label: str | None
    losses: int
    accounts: int
    won_back: int
    unpriced: int
    mrr: list[Money]


class Losses(Struct, frozen=True, kw_only=True):
    """The losses after ``first_day`` through ``last_day``, largest first; sums are over all pages."""

    as_of: Moment
    first_day: Day
    last_day: Day
    months: int
    total: LossGroup
    reasons: list[LossGroup]
    competitors: list[LossGroup]
    items: list[LossLine]
    next_cursor: str | None = None
