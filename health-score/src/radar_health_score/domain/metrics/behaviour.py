"""Behaviour: how often, how long and how broadly the product is used, and which way it is going.

Sources: product.md "Metric definitions". "Use" is the number of uses of named features; where an account reports
only logins and sessions, those. With a history of use, nothing in the window means 0 and not missing.
"""

from datetime import date
from math import log

from radar_health_score.domain.account.facts import LOGIN, SESSION, WINDOW_DAYS
from radar_health_score.domain.metrics.north_star import TOOL, business_model_of, north_star_features
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.windows import AccountView, Window, needs_use, needs_users
from radar_vocabulary.language.messages import message

TREND_SMOOTHING = 5.0
TREND_LIMIT = 3.0
TREND_FROM_DAYS = 42
REGULAR_WEEKS = 12
NO_NORTH_STAR = Missing("no North Star is configured: name the feature in health.north_star")
NO_FEATURES = Missing("no feature use has been reported")
TOO_YOUNG = Missing.told(message("the first use was less than {days} days ago"), days=TREND_FROM_DAYS)


@needs_users
def logins_per_active_user(view: AccountView) -> Reading:
    """Logins in the window / MAU. Unit: logins, higher. Source: login, feature_used, session_ended."""
    if not view.reports_logins:
        return Missing("no login was reported in the last 90 days")
    return _per_active_user(view, view.current.uses.get(LOGIN, 0))


@needs_users
def active_days_per_active_user(view: AccountView) -> Reading:
    """Mean number of days with use in the window, per active user. Unit: days, higher.

    Source: login, feature_used, session_ended.
    """
    return _per_active_user(view, view.current.user_days)


@needs_users
def minutes_per_active_user(view: AccountView) -> Reading:
    """Minutes spent in the window / MAU. Unit: minutes, higher. Source: login, feature_used, session_ended.

    Counts ended sessions if they are reported, otherwise the seconds of feature uses: never both, they overlap.
    """
    if not view.current.seconds and not view.previous.seconds:
        return Missing("no durations were reported in the last 56 days")
    seconds = view.current.seconds
    return _per_active_user(view, (seconds.get(SESSION) or sum(seconds.values())) / 60)


@needs_use
def days_since_last_activity(view: AccountView) -> Reading:
    """Days from the last day with use to the last counted day. Unit: days, lower.

    Source: login, feature_used, session_ended.
    """
    facts = view.facts
    if facts.usage:
        return max(0, (facts.through - facts.usage[-1].day).days)
    assert facts.last_event_at is not None
    return max(0, (facts.through - view.workspace.today(facts.last_event_at)).days)


@needs_use
def active_days_14d(view: AccountView) -> Reading:
    """Days with any use among the last 14. Unit: days, higher. Source: login, feature_used, session_ended."""
    return len(view.last_days(14))


@needs_use
def key_feature_breadth(view: AccountView) -> Reading:
    """Key features used in the window / key features. Unit: share, higher. Source: feature_used.

    If no key features are configured: named features used in the window / those used in the last 90 days.
    """
    if view.facts.usage and not view.named:
        return NO_FEATURES
    key = view.named if view.workspace.key_features is None else view.workspace.key_features
    return sum(1 for name in key if view.current.uses.get(name)) / len(key) if key else 0.0


@needs_use
def key_feature_frequency(view: AccountView) -> Reading:
    """Uses of key features in the window, per week. Unit: uses per week, higher. Source: feature_used.

    For an account younger than the window, per week since the first use (at least one week).
    """
    if view.facts.usage and not view.named:
        return NO_FEATURES
    key = view.named if view.workspace.key_features is None else view.workspace.key_features
    days = max(7, min(WINDOW_DAYS, view.age_days))
    return sum(view.current.uses.get(name, 0) for name in key) * 7 / days


@needs_use
def north_star_count(view: AccountView) -> Reading:
    """Uses of the North Star features of the account's products in the window. Unit: uses, higher.

    The features are set per product (health.north_star). If none is set, a tool's North Star is all uses of
    named features.

    Source: feature_used, account_updated, contract_updated.
    """
    return _north_star(view, view.current)


@needs_use
def north_star_trend(view: AccountView) -> Reading:
    """Like usage_trend, for the North Star only. Unit: log ratio, higher.

    Source: feature_used, account_updated, contract_updated.
    """
    now, before = _north_star(view, view.current), _north_star(view, view.previous)
    if isinstance(now, Missing):
        return now
    if isinstance(before, Missing):
        return before
    return _trend(view, now, before)


@needs_use
def usage_trend(view: AccountView) -> Reading:
    """ln((use in this window + 5) / (use in the window before + 5)), within ±3. Unit: log ratio, higher.

    Adding 5 keeps small numbers from looking like a collapse or a boom. For an account younger than two windows, the
    earlier window is scaled up to 28 days; below 42 days it has less than two whole weeks: missing. No use in this
    window gives -3 (a fall of 95%), however long ago the last use was. Otherwise a silent account's trend would rise
    as old use leaves the window.

    Source: login, feature_used, session_ended.
    """
    return _trend(view, view.current.volume(), view.previous.volume())


@needs_use
def regularity(view: AccountView) -> Reading:
    """Share of the window's working days with any use. Unit: share, higher.

    For an account younger than the window, counted since the first use.

    Source: login, feature_used, session_ended.
    """
    days = max(1, min(WINDOW_DAYS, view.age_days))
    last = view.facts.through.toordinal()
    working = view.workspace.working_days
    possible = sum(
        1 for ordinal in range(last - days + 1, last + 1) if date.fromordinal(ordinal).weekday() in working
    )
    used = sum(1 for day in view.current.days if day.day.weekday() in working)
    return min(1.0, used / possible) if possible else Missing("no working day yet")


@needs_use
def active_weeks(view: AccountView) -> Reading:
    """Share of the last 84 days whose trailing week had use. Unit: share, higher.

    Tells a slow but steady customer from one that left, where 28 days are too short. The week is a trailing one:
    the boundary of a calendar week could move over old use and raise the value. For a younger account, counted since
    the first use.

    Source: login, feature_used, session_ended.
    """
    through = view.facts.through
    reach = 7 * REGULAR_WEEKS
    held = 0
    newer = 0
    for day in reversed(view.facts.usage):
        back = (through - day.day).days + 1
        held += max(0, min(back, reach) - max(newer, back - 7))
        newer = back
    return held / max(1, min(reach, view.age_days))


def _per_active_user(view: AccountView, amount: float) -> float:
    active = len(view.current.users)
    return amount / active if active else 0.0


def _trend(view: AccountView, now: float, before: float) -> Reading:
    if view.age_days < TREND_FROM_DAYS:
        return TOO_YOUNG
    if not view.current.days:
        return -TREND_LIMIT
    observed = min(WINDOW_DAYS, view.age_days - WINDOW_DAYS)
    ratio = log((now + TREND_SMOOTHING) / (before * WINDOW_DAYS / observed + TREND_SMOOTHING))
    return max(-TREND_LIMIT, min(TREND_LIMIT, ratio))


def _north_star(view: AccountView, window: Window) -> Reading:
    features = north_star_features(view.facts, view.workspace)
    if not features and business_model_of(view.facts, view.workspace) == TOOL:
        features = view.named
    return sum(window.uses.get(feature, 0) for feature in features) if features else NO_NORTH_STAR
