"""The lifecycle of users (new, established, dormant, lost), and who was there in the longer run.

``domain.people.life_of`` tells where a user stands; ``new_users`` and ``dormant_users`` are in ``users``.
"""

from datetime import timedelta

from radar_health_score.domain.account.facts import WINDOW_DAYS
from radar_health_score.domain.metrics.people import lives
from radar_health_score.domain.metrics.reading import Reading
from radar_health_score.domain.metrics.windows import AccountView, needs_users
from radar_health_score.domain.metrics.year import HALF_YEAR, YEAR


@needs_users
def established_users(view: AccountView) -> Reading:
    """Users active in the window and first seen before it, who have not left. Unit: users, higher.

    Source: login, feature_used, session_ended, user_updated.
    """
    return lives(view.facts)["active"]


@needs_users
def lost_users(view: AccountView) -> Reading:
    """Users without use for two windows (56 days), and users who left. Unit: users, lower.

    Source: login, feature_used, session_ended, user_updated.
    """
    return lives(view.facts)["lost"]


@needs_users
def users_half_year(view: AccountView) -> Reading:
    """Users active in the last 182 days. Unit: users, higher. Source: login, feature_used, session_ended."""
    return _active(view, HALF_YEAR)


@needs_users
def users_year(view: AccountView) -> Reading:
    """Users active in the last 364 days. Unit: users, higher. Source: login, feature_used, session_ended."""
    return _active(view, YEAR)


@needs_users
def mau_of_half_year(view: AccountView) -> Reading:
    """MAU / users_half_year: the share of the half-year's users who are still active. Unit: share, higher.

    0 if the whole half-year had no use.

    Source: login, feature_used, session_ended.
    """
    active = _active(view, HALF_YEAR)
    return _active(view, WINDOW_DAYS) / active if active else 0.0


def _active(view: AccountView, reach: int) -> int:
    since = view.facts.through - timedelta(days=reach)
    return sum(1 for person in view.facts.people if person.last_day and person.last_day > since)
