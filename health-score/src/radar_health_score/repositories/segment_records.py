"""What keeping the portfolio's cut needs from a store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from radar_health_score.domain.workspace.segment_cut import Cut

Cuts = Mapping[str, Cut]


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioSize:
    """A look at the whole portfolio: when, how many accounts paid, and what that summed up to.

    ``arr`` adds up currencies as they are: it is there to be compared with another one, not to be told.
    """

    at: datetime
    payers: int
    arr: float
