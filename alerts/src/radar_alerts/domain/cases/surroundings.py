"""What a decision depends on beside the account: the clock, feeds that are down, and the learned threshold."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """The state of the workspace at the moment of a decision; kept with it, so that it can be made again.

    Attributes:
        now: by the clock.
        down: what a source that is down carries ("use", "contracts", …): rules that rest on it stand still.
        ranked_threshold: p(churn) from which a renewal belongs to those ranked highest, as many as the budget
            allows; for snapshots that carry no learned threshold. None: too few renewals to rank.
    """

    now: datetime
    down: frozenset[str] = frozenset()
    ranked_threshold: float | None = None
