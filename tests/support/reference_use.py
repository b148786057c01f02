"""Metrics of users and behaviour by the slowest, plainest count over raw events. None stands for missing."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import pairwise
from math import log
from statistics import quantiles
from typing import Final

from tests.support.raw_story import Story, Use, named, volume

Value = float | None
NORTH_STAR: Final = "export"
KEY: Final = frozenset({"export", "import"})
WEEK, MONTH, QUARTER, HALF, YEAR = 7, 28, 84, 182, 364


def _used(count: Callable[[Story], Value]) -> Callable[[Story], Value]:
    return lambda story: count(story) if story.use else None


def _peopled(count: Callable[[Story], Value]) -> Callable[[Story], Value]:
    return lambda story: count(story) if story.users else None


def _active(first: int, last: int) -> Callable[[Story], Value]:
    return _peopled(lambda story: len(named(story.back(first, last))))


def _now(story: Story) -> list[Use]:
    return story.back(0, MONTH - 1)


def _before(story: Story) -> list[Use]:
    return story.back(MONTH, 2 * MONTH - 1)


def _per_user(amount: float, story: Story) -> float:
    active = len(named(_now(story)))
    return amount / active if active else 0.0


def _activated(story: Story) -> Value:
    users = {one.user for one in story.use if one.feature in KEY and one.user in story.present()}
    if not users and not any(one.feature for one in story.back(0, 89)):
        return None
    return len(users)


def _activation_rate(story: Story) -> Value:
    seen = [user for user in story.users if user in story.present()]
    activated = _activated(story)
    return None if activated is None or not seen else activated / len(seen)


def _stickiness(story: Story) -> Value:
    active = len(named(_now(story)))
    days = min(MONTH, story.age())
    daily = sum(len(named(story.back(day, day))) for day in range(MONTH))
    return daily / days / active if active else 0.0


def _life(story: Story, user: str) -> str:
    silent = (story.through - story.last_day(user)).days
    if user not in story.present() or silent >= 2 * MONTH:
        return "lost"
    if silent >= MONTH:
        return "dormant"
    return "new" if (story.through - story.first_day(user)).days < MONTH else "established"


def _retention(story: Story) -> Value:
    before, now = named(_before(story)), named(_now(story))
    if before:
        return len(before & now) / len(before)
    return None if now else 0.0


def _since(role: str) -> Callable[[Story], Value]:
    def count(story: Story) -> Value:
        active = [user for user in _of_role(story, role) if user in story.users]
        return min(((story.through - story.last_day(user)).days for user in active), default=None)

    return count


def _active_of(role: str) -> Callable[[Story], Value]:
    def count(story: Story) -> Value:
        people = _of_role(story, role)
        return len(named(_now(story)) & set(people)) if people else None

    return count


def _of_role(story: Story, role: str) -> list[str]:
    return [user for user in story.present() if story.person(user).get("role") == role]


def _concentration(story: Story) -> Value:
    records = Counter(one.user for one in _now(story) if one.user)
    return max(records.values()) / records.total() if records else None


def _champion_silent(story: Story) -> Value:
    records = Counter(one.user for one in story.back(0, 89) if one.user)
    top = [user for user, count in records.items() if count == max(records.values())]
    return float(not set(top) & named(story.back(0, 13)))


def _minutes(story: Story) -> Value:
    now = _now(story)
    if not any(one.seconds for one in now + _before(story)):
        return None
    sessions = sum(one.seconds for one in now if one.kind == "session_ended")
    return _per_user((sessions or sum(one.seconds for one in now)) / 60, story)


def _logins(story: Story) -> Value:
    if not any(one.kind == "login" for one in story.back(0, 89)):
        return None
    return _per_user(sum(1 for one in _now(story) if one.kind == "login"), story)


def _features(story: Story) -> bool:
    """Whether key features can be spoken of: a feature was used in 90 days, or nothing was."""
    lately = story.back(0, 89)
    return not lately or any(one.feature for one in lately)


def _breadth(story: Story) -> Value:
    if not _features(story):
        return None
    return len({one.feature for one in _now(story) if one.feature in KEY and _uses(story, one.feature)}) / 2


def _uses(story: Story, feature: str | None) -> int:
    return sum(one.count for one in _now(story) if one.feature == feature)


def _frequency(story: Story) -> Value:
    if not _features(story):
        return None
    days = max(WEEK, min(MONTH, story.age()))
    return sum(one.count for one in _now(story) if one.feature in KEY) * 7 / days


def _trend(story: Story, now: float, before: float, reach: int) -> Value:
    if story.age() < reach + reach // 2:
        return None
    if not story.back(0, reach - 1):
        return -3.0
    earlier = before * reach / min(reach, story.age() - reach)
    return max(-3.0, min(3.0, log((now + 5) / (earlier + 5))))


def _daily_volume(story: Story, first: int, last: int) -> int:
    return sum(volume(story.back(day, day)) for day in range(first, last + 1))


def _regularity(story: Story) -> Value:
    days = [story.through - timedelta(days=back) for back in range(min(MONTH, story.age()))]
    working = [day for day in days if day.weekday() < 5]
    return sum(1 for day in working if day in story.days(0, MONTH - 1)) / len(working) if working else None


def _held(story: Story, reach: int, trailing: int) -> float:
    held = sum(1 for back in range(reach) if story.back(back, back + trailing - 1))
    return min(1.0, held / min(reach, story.age()))


def _silence(story: Story) -> Value:
    silent = story.silent()
    reach = min(HALF, story.age() - silent)
    if reach < MONTH:
        return None
    usual = reach / len(story.days(silent, silent + reach - 1))
    return 30.0 if silent > HALF else min(30.0, silent / usual)


def _usual_gap(story: Story) -> Value:
    gaps = [(later - earlier).days for earlier, later in pairwise(story.days(0, YEAR - 1))]
    return quantiles(gaps, n=10, method="inclusive")[8] if len(gaps) >= 5 else None


def _sponsor_quiet(story: Story) -> Value:
    records = Counter(one.user for one in story.back(0, 89) if one.user)
    top = [user for user, count in records.items() if count == max(records.values())]
    found = [_quiet(story, people) for people in (_of_role(story, "decision_maker"), top)]
    return max((days for days in found if days is not None), default=None)


def _quiet(story: Story, people: list[str]) -> int | None:
    weeks = {user: [user in named(story.back(7 * w, 7 * w + 6)) for w in range(12)] for user in people}
    regular = [user for user, active in weeks.items() if sum(active) >= 4]
    return min(((story.through - story.last_day(user)).days for user in regular), default=None)


def rfm_recency(story: Story) -> Value:
    """Return the R of RFM."""
    return 1 + sum(story.silent() <= days for days in (7, 28, 91, 182))


def rfm_frequency(story: Story) -> Value:
    """Return the F of RFM."""
    yearly = len(story.days(0, YEAR - 1)) * YEAR / max(MONTH, min(YEAR, story.age()))
    return 1 + sum(yearly >= days for days in (12, 26, 52, 104))


def _north_star(use: list[Use]) -> int:
    return sum(one.count for one in use if one.feature == NORTH_STAR)


USE_METRICS: Final[Mapping[str, Callable[[Story], Value]]] = {
    "users_seen": _peopled(lambda story: len(set(story.users) & set(story.present()))),
    "activated_users": _peopled(_activated),
    "activation_rate": _peopled(_activation_rate),
    "dau": _active(0, 0),
    "wau": _active(0, WEEK - 1),
    "mau": _active(0, MONTH - 1),
    "users_half_year": _active(0, HALF - 1),
    "users_year": _active(0, YEAR - 1),
    "mau_of_half_year": _peopled(
        lambda story: len(named(_now(story))) / (len(named(story.back(0, HALF - 1))) or 1)
    ),
    "stickiness": _peopled(_stickiness),
    "new_users": _peopled(lambda story: len(named(_now(story)) - named(story.back(MONTH, 9999)))),
    "returning_users": _peopled(
        lambda story: len(named(_now(story)) & named(story.back(2 * MONTH, 9999)) - named(_before(story)))
    ),
    "dormant_users": _peopled(lambda story: len(named(_before(story)) - named(_now(story)))),
    "established_users": _peopled(lambda s: sum(_life(s, user) == "established" for user in s.users)),
    "lost_users": _peopled(lambda story: sum(_life(story, user) == "lost" for user in story.users)),
    "user_retention": _peopled(_retention),
    "days_since_decision_maker": _since("decision_maker"),
    "days_since_manager": _since("manager"),
    "days_since_executor": _since("executor"),
    "active_decision_makers": _active_of("decision_maker"),
    "active_managers": _active_of("manager"),
    "active_executors": _active_of("executor"),
    "champion_silent": _peopled(_champion_silent),
    "concentration": _peopled(_concentration),
    "logins_per_active_user": _peopled(_logins),
    "active_days_per_active_user": _peopled(
        lambda story: _per_user(sum(len(named(story.back(day, day))) for day in range(MONTH)), story)
    ),
    "minutes_per_active_user": _peopled(_minutes),
    "days_since_last_activity": _used(lambda story: story.silent()),
    "active_days_14d": _used(lambda story: len(story.days(0, 13))),
    "usual_gap_days": _used(_usual_gap),
    "sponsor_quiet_days": _peopled(_sponsor_quiet),
    "key_feature_breadth": _used(_breadth),
    "key_feature_frequency": _used(_frequency),
    "north_star_count": _used(lambda story: _north_star(_now(story))),
    "north_star_trend": _used(
        lambda story: _trend(story, _north_star(_now(story)), _north_star(_before(story)), MONTH)
    ),
    "usage_trend": _used(lambda story: _trend(story, volume(_now(story)), volume(_before(story)), MONTH)),
    "usage_trend_quarter": _used(
        lambda story: _trend(
            story,
            _daily_volume(story, 0, QUARTER - 1),
            _daily_volume(story, QUARTER, 2 * QUARTER - 1),
            QUARTER,
        )
    ),
    "regularity": _used(_regularity),
    "active_weeks": _used(lambda story: _held(story, QUARTER, WEEK)),
    "active_windows": _used(lambda story: _held(story, YEAR, MONTH)),
    "active_days_half_year": _used(lambda story: len(story.days(0, HALF - 1))),
    "active_days_year": _used(lambda story: len(story.days(0, YEAR - 1))),
    "active_days_per_week": _used(
        lambda story: 7 * len(story.days(0, HALF - 1)) / max(MONTH, min(HALF, story.age()))
    ),
    "silence_vs_habit": _used(_silence),
    "rfm_recency": _used(rfm_recency),
    "rfm_frequency": _used(rfm_frequency),
}
