"""Users: who is there, how many of them are active, and whether they stay.

Sources: product.md "Metric definitions"; stickiness is the usual mean DAU / MAU. A person who has left the
account is not counted among its users. For an account with a history of use, nobody active in the window means
0 and not missing: silence must never look like ignorance.
"""

from datetime import timedelta

import numpy as np
from pyroaring import BitMap

from radar_health_score.domain.account.facts import WINDOW_DAYS
from radar_health_score.domain.contracts.terms import total_seats
from radar_health_score.domain.metrics.contracts_held import contracts_in_force
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.windows import AccountView, everyone, needs_users, tally

CHAMPION_QUIET_DAYS = 14


def seats(view: AccountView) -> Reading:
    """Seats bought: the sum over the contracts in force. Unit: seats, neutral.

    Source: contract_updated, contract_closed.
    """
    current = contracts_in_force(view)
    if isinstance(current, Missing):
        return current
    total = total_seats(current, view.today)
    return Missing("the contract doesn't state its seats") if total is None else total


@needs_users
def users_seen(view: AccountView) -> Reading:
    """Users with any use ever. Unit: users, higher. Source: login, feature_used, session_ended, user_updated."""
    listed = sum(
        1 for person in view.facts.people if person.first_day and not person.has_left(view.facts.as_of)
    )
    return listed + view.facts.inactive.present


@needs_users
def activated_users(view: AccountView) -> Reading:
    """Users who reached the activation criterion (first use of a key feature). Unit: users, higher.

    Missing if no feature was ever named: logins alone do not show activation.

    Source: feature_used, user_updated.
    """
    activated = sum(
        1 for person in view.facts.people if person.activated_day and not person.has_left(view.facts.as_of)
    )
    activated += view.facts.inactive.activated
    if not activated and not view.named:
        return Missing("no feature use has been reported")
    return activated


def activation_rate(view: AccountView) -> Reading:
    """activated_users / users_seen. Unit: share, higher. Source: login, feature_used, session_ended, user_updated."""
    activated, seen = activated_users(view), users_seen(view)
    if isinstance(activated, Missing):
        return activated
    if isinstance(seen, Missing):
        return seen
    return activated / seen if seen else Missing("all known users have left")


@needs_users
def dau(view: AccountView) -> Reading:
    """Users active on the last counted day. Unit: users, higher. Source: login, feature_used, session_ended."""
    return len(everyone(view.last_days(1)))


@needs_users
def wau(view: AccountView) -> Reading:
    """Users active in the last 7 days. Unit: users, higher. Source: login, feature_used, session_ended."""
    return len(everyone(view.last_days(7)))


@needs_users
def mau(view: AccountView) -> Reading:
    """Users active in the window of 28 days. Unit: users, higher. Source: login, feature_used, session_ended."""
    return len(view.current.users)


def seat_utilisation(view: AccountView) -> Reading:
    """MAU / seats; above 1 if more people use the product than seats were bought. Unit: share, higher.

    Source: login, feature_used, session_ended, contract_updated, contract_closed.
    """
    bought, active = seats(view), mau(view)
    if isinstance(bought, Missing):
        return bought
    if isinstance(active, Missing):
        return active
    return active / bought if bought else Missing("the contract has no seats")


@needs_users
def stickiness(view: AccountView) -> Reading:
    """Mean DAU / MAU over the window. Unit: share, higher. Source: login, feature_used, session_ended.

    For an account younger than the window, the mean covers the days since the first use.
    """
    active = len(view.current.users)
    days = max(1, min(WINDOW_DAYS, view.age_days))
    return min(1.0, view.current.user_days / days / active) if active else 0.0


@needs_users
def new_users(view: AccountView) -> Reading:
    """Users whose first use is in the window. Unit: users, higher. Source: login, feature_used, session_ended."""
    before = view.facts.through - timedelta(days=WINDOW_DAYS)
    return sum(1 for person in view.facts.people if person.first_day and person.first_day > before)


@needs_users
def returning_users(view: AccountView) -> Reading:
    """Users active in this window, not in the one before, and first seen earlier. Unit: users, higher.

    New + returning + users active in both windows = MAU.

    Source: login, feature_used, session_ended.
    """
    before = view.facts.through - timedelta(days=WINDOW_DAYS)
    came = view.current.users - view.previous.users
    return sum(
        1
        for person in view.facts.people
        if person.first_day and person.first_day <= before and person.number in came
    )


@needs_users
def dormant_users(view: AccountView) -> Reading:
    """Users active in the previous window and not in this one. Unit: users, lower.

    Source: login, feature_used, session_ended.
    """
    return len(view.previous.users - view.current.users)


@needs_users
def user_retention(view: AccountView) -> Reading:
    """Share of the users of the previous window who are active in this one. Unit: share, higher.

    0 if both windows have no use. Missing if use starts, or starts again, in this window.

    Source: login, feature_used, session_ended.
    """
    before = view.previous.users
    if before:
        return len(before & view.current.users) / len(before)
    return Missing("no user was active in the previous 28 days") if view.current.users else 0.0


@needs_users
def champion_silent(view: AccountView) -> Reading:
    """1 if the most active user of the last 90 days had no use for 14 days, else 0. Unit: yes or no, lower.

    If several users are equally active, 1 only if none of them had any. If nobody was active in 90 days: 1.

    Source: login, feature_used, session_ended.
    """
    found = champions(view)
    return float(found.isdisjoint(everyone(view.last_days(CHAMPION_QUIET_DAYS)))) if found else 1.0


def champions(view: AccountView) -> BitMap:
    """Return the most active user of the last 90 days: several that are equally active, none without any use."""
    totals = tally(view.facts.usage)
    return BitMap(np.flatnonzero(totals == totals.max()).tolist()) if totals.any() else BitMap()


@needs_users
def concentration(view: AccountView) -> Reading:
    """Share of the window's records made by its most active user. Unit: share, lower.

    Source: login, feature_used, session_ended.
    """
    totals = tally(view.current.days)
    whole = totals.sum()
    return float(totals.max() / whole) if whole else Missing("no usage in the last 28 days")
