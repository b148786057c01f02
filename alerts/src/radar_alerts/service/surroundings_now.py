"""What decisions depend on beside the account, as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import floor
from typing import Final

from sqlalchemy import Connection

from radar_alerts.domain.cases.surroundings import Surroundings
from radar_alerts.repositories import case_rows
from radar_chassis.clock import Clock

REFRESH: Final = timedelta(minutes=10)
# The built-in window of renewal_risk, in days before the renewal.
WINDOW: Final = (7, 120)
PER_CONTRACTS: Final = 45
LEAST_CHURN: Final = 0.35


@dataclass(kw_only=True)
class SurroundingsNow:
    """Reads them; the ranking anew every ten minutes.

    Attributes:
        cases_a_week: the budget, per 45 open contracts.
    """

    clock: Clock
    cases_a_week: float = 0.8
    _ranked_at: datetime | None = field(default=None, init=False)
    _ranked: float | None = field(default=None, init=False)

    def __call__(self, connection: Connection, now: datetime) -> Surroundings:
        """Return them as of ``now``."""
        if self._ranked_at is None or now - self._ranked_at >= REFRESH:
            self._ranked = ranked_threshold(case_rows.open_renewals(connection), self.cases_a_week)
            self._ranked_at = now
        return Surroundings(now=now, ranked_threshold=self._ranked)


def ranked_threshold(renewals: Sequence[tuple[int, float | None]], cases_a_week: float) -> float | None:
    """Return p(churn) of the last renewal that the budget allows, ranked by p(churn); None where there are none.

    A renewal is in the window for 16 weeks and opens one case at most, so that as many may be open at a time as the
    budget gives in these weeks. It is never below LEAST_CHURN: what will most likely renew calls for nobody.
    """
    within = sorted(
        (p for days, p in renewals if p is not None and WINDOW[0] <= days <= WINDOW[1]), reverse=True
    )
    if not within:
        return None
    weeks = (WINDOW[1] - WINDOW[0]) / 7
    allowed = floor(cases_a_week * weeks * len(renewals) / PER_CONTRACTS)
    if allowed < 1:
        return max(within[0], LEAST_CHURN)
    return max(within[min(allowed, len(within)) - 1], LEAST_CHURN)
