"""What people have set in place of what the scorecard says: for a while, with their name and their reason.

Every act is kept. Of the acts known at a moment, the last one that had begun by then stands, until it expires: a later
one takes the place of an earlier one, and a withdrawal leaves the scorecard's word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from radar_vocabulary.contracts.scalars import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideAct:
    """Somebody set an account's band, its score or both; with neither, they withdrew what was set.

    Attributes:
        number: rises with each act.
        known_at: when we were told. ``valid_from``: from when on it holds, until ``expires_at`` (not included); what
            sets something always has an end.
    """

    number: int
    known_at: datetime
    valid_from: datetime
    expires_at: datetime | None
    band: Band | None
    score: float | None
    author: str
    reason: str

    @property
    def withdraws(self) -> bool:
        """Whether it takes back what was set before."""
        return self.band is None and self.score is None


NO_ACTS: Final[Sequence[OverrideAct]] = ()


def standing_override(acts: Iterable[OverrideAct], moment: datetime) -> OverrideAct | None:
    """Return what is set at ``moment``, by what was known then."""
    begun = [act for act in acts if act.known_at <= moment and act.valid_from <= moment]
    last = max(begun, key=lambda act: act.number, default=None)
    if last is None or last.withdraws or last.expires_at is None or last.expires_at <= moment:
        return None
    return last
