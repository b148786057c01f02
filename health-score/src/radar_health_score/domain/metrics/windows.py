"""The shared view that metrics read: an account's use gathered into windows, once per account.

The window is the WINDOW_DAYS days that end with ``facts.through``; the one before it has the same length.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from radar_health_score.domain.account.facts import LOGIN, SESSION, WINDOW_DAYS, AccountFacts, DayUse
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings

NO_USE = Missing("no usage has ever been reported")
NO_USERS = Missing("no usage event names a user")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Use in one window.

    Attributes:
        days: the days with use, oldest first.
        users: everyone active; ``user_days`` sums the active users of each day.
        uses, seconds: per feature name, LOGIN and SESSION included.
    """

    days: Sequence[DayUse]
    users: BitMap
    user_days: int
    uses: Mapping[str, int]
    seconds: Mapping[str, float]

    def volume(self) -> int:
        """Return the uses of named features; where only logins and sessions are reported, those."""
        total = sum(self.uses.values())
        unnamed = self.uses.get(LOGIN, 0) + self.uses.get(SESSION, 0)
        return total - unnamed or unnamed


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """An account's facts with its use gathered.

    Attributes:
        today: the calendar day of the as-of moment (``facts.through`` is the last day that counts).
        ever_used: whether any use was ever reported.
        names_users: whether any use named a user.
        age_days: days from that of the first use to the last that counts, both included; 0 without use.
        current, previous: this window and the one before.
        named: the named features (not LOGIN, SESSION) of the whole reach of ``facts.usage``.
    """

    facts: AccountFacts
    workspace: WorkspaceSettings
    today: date
    ever_used: bool
    names_users: bool
    age_days: int
    current: Window
    previous: Window
    named: frozenset[str]
    reports_logins: bool

    def reports(self, kind: str, seen: Sequence[object]) -> bool:
        """Return whether a signal of this kind was ever told of: one that is ``seen``, or one that rests."""
        return bool(seen) or kind in self.facts.expired_kinds

    def last_days(self, days: int) -> Sequence[DayUse]:
        """Return the days with use among the last ``days`` days."""
        since = self.facts.through - timedelta(days=days)
        return [day for day in self.facts.usage if day.day > since]


def prepare(facts: AccountFacts, workspace: WorkspaceSettings) -> AccountView:
    """Return the view of ``facts`` that every metric reads."""
    this_start = facts.through - timedelta(days=WINDOW_DAYS - 1)
    before_start = this_start - timedelta(days=WINDOW_DAYS)
    seen: set[str] = set()
    for day in facts.usage:
        seen.update(day.features)
    first = facts.first_event_at
    return AccountView(
        facts=facts,
        workspace=workspace,
        today=workspace.today(facts.as_of),
        ever_used=first is not None or bool(facts.usage),
        names_users=any(day.users for day in facts.usage) or any(p.first_day for p in facts.people),
        age_days=0 if first is None else (facts.through - workspace.today(first)).days + 1,
        current=_gather([day for day in facts.usage if day.day >= this_start]),
        previous=_gather([day for day in facts.usage if before_start <= day.day < this_start]),
        named=frozenset(seen - {LOGIN, SESSION}),
        reports_logins=LOGIN in seen,
    )


def everyone(days: Iterable[DayUse]) -> BitMap:
    """Return the users active on any of ``days``."""
    bitmaps = [day.users for day in days]
    return BitMap.union(*bitmaps) if bitmaps else BitMap()


def tally(days: Sequence[DayUse]) -> NDArray[np.float64]:
    """Return the records of each user over ``days``: an array indexed by user number."""
    size = sum(len(day.uses_by_user) for day in days)
    numbers = np.fromiter(chain.from_iterable(day.uses_by_user for day in days), np.int64, size)
    uses = np.fromiter(chain.from_iterable(day.uses_by_user.values() for day in days), np.float64, size)
    return np.bincount(numbers, weights=uses).astype(np.float64, copy=False)


def needs_use(metric: Callable[[AccountView], Reading]) -> Callable[[AccountView], Reading]:
    """Make ``metric`` missing for an account that never reported any use."""

    @wraps(metric)
    def checked(view: AccountView) -> Reading:
        return metric(view) if view.ever_used else NO_USE

    return checked


def needs_users(metric: Callable[[AccountView], Reading]) -> Callable[[AccountView], Reading]:
    """Make ``metric`` missing for an account whose use never named a user."""

    @wraps(metric)
    def checked(view: AccountView) -> Reading:
        if not view.ever_used:
            return NO_USE
        return metric(view) if view.names_users else NO_USERS

    return checked


def _gather(days: Sequence[DayUse]) -> Window:
    uses: dict[str, int] = {}
    seconds: dict[str, float] = {}
    for day in days:
        for name, use in day.features.items():
            uses[name] = uses.get(name, 0) + use.uses
            spent = use.seconds
            if spent:
                seconds[name] = seconds.get(name, 0.0) + spent
    return Window(
        days=days,
        users=everyone(days),
        user_days=sum(len(day.users) for day in days),
        uses=uses,
        seconds=seconds,
    )
