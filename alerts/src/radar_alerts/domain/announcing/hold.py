"""A hold: announcements kept back until operators have looked."""

from datetime import timedelta
from typing import Final, Literal

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Moment

HoldState = Literal["held", "released", "dropped", "expired"]
LONGEST: Final = timedelta(hours=24)
REMIND_AFTER: Final = timedelta(hours=12)


class Hold(Struct, frozen=True, kw_only=True):
    """Why announcements are kept back, and what became of them.

    Attributes:
        key: "mass", or the new version that opened the cases.
        count: how many announcements it keeps, or kept.
        reminded_at: when operators were told a second time.
        ended_by: the name of the person's key; None when it expired: what fits the budget goes into a digest then.
    """

    hold_id: str
    key: str
    state: HoldState
    created_at: Moment
    count: int
    reminded_at: Moment | None = None
    ended_at: Moment | None = None
    ended_by: str | None = None
