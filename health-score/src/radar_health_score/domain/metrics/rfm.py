"""RFM: recency, frequency and monetary value, each from 1 to 5 by fixed cuts, and their sum.

The cuts are fixed rather than quintiles of the portfolio, so that a customer's figure changes only by what the customer
does. Source of the model: A. M. Hughes, "Strategic Database Marketing" (1994).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from radar_health_score.domain.metrics.behaviour import days_since_last_activity
from radar_health_score.domain.metrics.outcomes import arr
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.windows import AccountView, needs_use
from radar_health_score.domain.metrics.year import YEAR, active_days_year

RECENT_WITHIN_DAYS = (7, 28, 91, 182)
FREQUENT_FROM_DAYS = (12, 26, 52, 104)
VALUABLE_FROM_ARR = (1_000, 5_000, 20_000, 100_000)
YOUNGEST = 28


def rfm_recency(view: AccountView) -> Reading:
    """5 if the last activity is at most 7 days ago, 4 if 28, 3 if 91, 2 if 182, else 1. Unit: points, higher.

    Source: login, feature_used, session_ended.
    """
    silent = days_since_last_activity(view)
    return silent if isinstance(silent, Missing) else 5 - bisect_left(RECENT_WITHIN_DAYS, silent)


@needs_use
def rfm_frequency(view: AccountView) -> Reading:
    """5 from 104 active days in 364 (twice a week), 4 from 52, 3 from 26, 2 from 12 (monthly), else 1.

    Unit: points, higher.

    Scaled up to a year for a younger account, as if it were at least 28 days old.

    Source: login, feature_used, session_ended.
    """
    active = active_days_year(view)
    if isinstance(active, Missing):
        return active
    return _points(FREQUENT_FROM_DAYS, active * YEAR / max(YOUNGEST, min(YEAR, view.age_days)))


def rfm_monetary(view: AccountView) -> Reading:
    """5 from an ARR of 100,000, 4 from 20,000, 3 from 5,000, 2 from 1,000, else 1. Unit: points, higher.

    Amounts are in the account's currency.

    Source: contract_updated, contract_closed.
    """
    yearly = arr(view)
    return yearly if isinstance(yearly, Missing) else _points(VALUABLE_FROM_ARR, yearly)


def rfm(view: AccountView) -> Reading:
    """rfm_recency + rfm_frequency + rfm_monetary: 3 to 15. Unit: points, higher.

    Source: login, feature_used, session_ended, contract_updated, contract_closed.
    """
    total = 0.0
    for part in (rfm_recency(view), rfm_frequency(view), rfm_monetary(view)):
        if isinstance(part, Missing):
            return part
        total += part
    return total


def _points(cuts: Sequence[int], value: float) -> int:
    return 1 + bisect_right(cuts, value)
