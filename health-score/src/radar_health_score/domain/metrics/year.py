"""Behaviour over a long time: how regularly the product was used over a year, and how unusual a silence is.

A month holds too little of a customer who works in bursts. These metrics read ``AccountFacts.year``: the days with use
among the last 392, which is 14 windows of 28 days, so that whole weeks and windows cancel. An account younger than
their reach is measured since its first use.
"""

from math import log

import numpy as np

from radar_health_score.domain.account.facts import WINDOW_DAYS
from radar_health_score.domain.account.year_use import YEAR_DAYS
from radar_health_score.domain.metrics.behaviour import (
    TREND_LIMIT,
    TREND_SMOOTHING,
    days_since_last_activity,
)
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.windows import AccountView, needs_use
from radar_vocabulary.language.messages import message

HALF_YEAR = 182
YEAR = 364
QUARTER = 84
HABIT_FROM_DAYS = 28
SILENCE_LIMIT = 30.0
NO_HABIT = Missing.told(
    message("the first and the last use are less than {days} days apart"), days=HABIT_FROM_DAYS
)
FEWEST_GAPS = 5
TOO_FEW_GAPS = Missing.told(message("use in the last year has fewer than {number} gaps"), number=FEWEST_GAPS)
NO_QUARTER = Missing.told(message("the first use was less than {days} days ago"), days=QUARTER + QUARTER // 2)


@needs_use
def active_days_half_year(view: AccountView) -> Reading:
    """Days with any use among the last 182. Unit: days, higher. Source: login, feature_used, session_ended."""
    return _active_days(view, HALF_YEAR)


@needs_use
def active_days_year(view: AccountView) -> Reading:
    """Days with any use among the last 364. Unit: days, higher. Source: login, feature_used, session_ended."""
    return _active_days(view, YEAR)


@needs_use
def active_days_per_week(view: AccountView) -> Reading:
    """Days with any use among the last 182, per week. Unit: days per week, higher.

    For a younger account, per week since the first use (at least four weeks).

    Source: login, feature_used, session_ended.
    """
    return 7 * _active_days(view, HALF_YEAR) / max(WINDOW_DAYS, min(HALF_YEAR, view.age_days))


@needs_use
def active_windows(view: AccountView) -> Reading:
    """Share of the last 364 days (13 windows) whose trailing 28 days had use. Unit: share, higher.

    Like active_weeks, over a longer time: 1 for a customer who never paused for more than four weeks.

    Source: login, feature_used, session_ended.
    """
    back = view.facts.through.toordinal() - view.facts.year.days.astype(np.int64)[::-1]
    ends = np.minimum(back + 1, YEAR)
    starts = np.maximum(back + 1 - WINDOW_DAYS, 0)
    # A day lends its window only where no newer day has: days run from the newest to the oldest.
    newer = np.concatenate(([0], ends[:-1])) if len(ends) else ends
    held = np.maximum(0, ends - np.maximum(starts, newer)).sum()
    return float(min(1.0, held / max(1, min(YEAR, view.age_days))))


@needs_use
def silence_vs_habit(view: AccountView) -> Reading:
    """Days since the last activity / the account's usual gap between active days, within 30. Unit: usual gaps, lower.

    The usual gap is the number of days per active day over the 182 days that end with the last activity (or since
    the first use, if that is later). It is measured before the silence, so the silence does not change it. A gap of a
    week means little for a customer who comes twice a month, and much for one who comes daily. After 182 silent days
    the value is 30.

    Source: login, feature_used, session_ended.
    """
    silent = days_since_last_activity(view)
    if isinstance(silent, Missing):
        return silent
    reach = min(HALF_YEAR, view.age_days - int(silent))
    if reach < HABIT_FROM_DAYS:
        return NO_HABIT
    if silent > HALF_YEAR:
        return SILENCE_LIMIT
    last = view.facts.through.toordinal() - int(silent)
    active = int((view.facts.year.days > last - reach).sum())
    return min(SILENCE_LIMIT, silent * active / reach)


@needs_use
def usual_gap_days(view: AccountView) -> Reading:
    """90th percentile of the gaps between days with use among the last 364. Unit: days, lower.

    Two days in a row have a gap of 1. The present silence is not one of the gaps. Between two ranks the value is
    interpolated. Missing with fewer than 5 gaps.

    Source: login, feature_used, session_ended.
    """
    days = view.facts.year.days
    gaps = np.sort(np.diff(days[days > view.facts.through.toordinal() - YEAR]))
    if len(gaps) < FEWEST_GAPS:
        return TOO_FEW_GAPS
    place = 0.9 * (len(gaps) - 1)
    at = int(place)
    below, above = float(gaps[at]), float(gaps[min(at + 1, len(gaps) - 1)])
    return below + (place - at) * (above - below)


@needs_use
def usage_trend_quarter(view: AccountView) -> Reading:
    """ln((use in the last 84 days + 5) / (use in the 84 days before + 5)), within ±3. Unit: log ratio, higher.

    Like usage_trend, over a quarter: steadier, and slower to react. For an account younger than two quarters, the
    earlier one is scaled up to 84 days; below 126 days: missing. No use in the last quarter gives -3. Use is that of
    named features, or logins and sessions on days with only those.

    Source: login, feature_used, session_ended.
    """
    if view.age_days < QUARTER + QUARTER // 2:
        return NO_QUARTER
    through = view.facts.through.toordinal()
    days, uses = view.facts.year.days, view.facts.year.uses
    recent = days > through - QUARTER
    if not recent.any():
        return -TREND_LIMIT
    before = float(uses[(days > through - 2 * QUARTER) & ~recent].sum())
    observed = min(QUARTER, view.age_days - QUARTER)
    earlier = before * QUARTER / observed + TREND_SMOOTHING
    ratio = log((float(uses[recent].sum()) + TREND_SMOOTHING) / earlier)
    return max(-TREND_LIMIT, min(TREND_LIMIT, ratio))


def _active_days(view: AccountView, reach: int) -> int:
    assert reach <= YEAR_DAYS
    return int((view.facts.year.days > view.facts.through.toordinal() - reach).sum())
