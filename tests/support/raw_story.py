"""An account's raw events as of a moment, in the plainest form: lists to count in. Days are UTC."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from radar_vocabulary.contracts.event_record import EventRecord

Fields = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Use:
    """One record of use."""

    day: date
    user: str | None
    feature: str | None
    kind: str
    count: int
    seconds: float


class Story:
    """What could be known of one account at ``as_of``."""

    def __init__(self, records: Iterable[EventRecord], as_of: datetime) -> None:
        self.as_of = as_of
        self.today = as_of.date()
        self.through = (as_of - timedelta(microseconds=1)).date()
        once = {record.id: record for record in records}.values()
        self.use = [_use(one) for one in once if one.type in USE and self._whole_days(one)]
        told = [one for one in once if one.type not in USE and max(one.occurred_at, one.known_at) <= as_of]
        self.told = sorted(told, key=lambda one: one.occurred_at)
        spoken = {one.user_id for one in told if one.type == "user_updated" and one.user_id}
        self.programs = {user for user in spoken if self.person(user).get("kind") == "service"}
        self.use = [replace(one, user=None) if one.user in self.programs else one for one in self.use]
        self.users = sorted({one.user for one in self.use if one.user})

    def _whole_days(self, one: EventRecord) -> bool:
        return max(one.occurred_at.date(), one.known_at.date()) <= self.through

    def back(self, first: int, last: int) -> list[Use]:
        """Return the use from ``first`` to ``last`` days before the last day that counts, both included."""
        return [one for one in self.use if first <= (self.through - one.day).days <= last]

    def days(self, first: int, last: int) -> list[date]:
        """Return the distinct days with use."""
        return sorted({one.day for one in self.back(first, last)})

    def silent(self) -> int:
        """Return the days since the last use."""
        return (self.through - max(one.day for one in self.use)).days

    def age(self) -> int:
        """Return the days from the first use to the last day that counts, both included."""
        return (self.through - min(one.day for one in self.use)).days + 1

    def first_day(self, user: str) -> date:
        """Return when a user was first seen."""
        return min(one.day for one in self.use if one.user == user)

    def last_day(self, user: str) -> date:
        """Return when a user was last seen."""
        return max(one.day for one in self.use if one.user == user)

    def things(self, kind: str, key: str) -> list[Fields]:
        """Return the present state of every thing of a kind, with ``told_at``: the moment of the latest word."""
        found: dict[str, Fields] = {}
        for one in self.told:
            if one.type == kind:
                data = fields(one)
                found.setdefault(data[key], {}).update(data, told_at=one.occurred_at)
        return list(found.values())

    def person(self, user: str) -> Fields:
        """Return what was said about a user."""
        state: Fields = {}
        for one in self.told:
            if one.type == "user_updated" and one.user_id == user:
                state.update(fields(one))
        return {name: value for name, value in state.items() if value is not None}

    def profile(self) -> Fields:
        """Return what was said about the account."""
        state: Fields = {}
        for one in self.told:
            if one.type == "account_updated":
                state.update(fields(one))
        return state

    def present(self) -> list[str]:
        """Return the users who haven't left: those with use, and those spoken of."""
        spoken = {one.user_id for one in self.told if one.type == "user_updated" and one.user_id}
        return [user for user in sorted({*self.users, *spoken} - self.programs) if not self.has_left(user)]

    def has_left(self, user: str) -> bool:
        """Return whether the user had left by then."""
        left_at = self.person(user).get("left_at")
        return left_at is not None and left_at <= self.as_of


USE = ("login", "feature_used", "session_ended")


def named(users: Iterable[Use]) -> set[str]:
    """Return the distinct users."""
    return {one.user for one in users if one.user}


def volume(use: Sequence[Use]) -> int:
    """Return the uses of features; where there are none, logins and sessions."""
    return sum(one.count for one in use if one.feature) or sum(one.count for one in use if not one.feature)


def fields(record: EventRecord) -> Fields:
    """Return an event's data, its moments and days parsed."""
    data: Fields = msgspec.json.decode(record.data)
    for name, value in data.items():
        if value is not None and name.endswith("_at"):
            data[name] = datetime.fromisoformat(value)
        elif value is not None and (name == "on" or name.endswith("_on")):
            data[name] = date.fromisoformat(value)
    return data


def _use(one: EventRecord) -> Use:
    data = msgspec.json.decode(one.data)
    return Use(
        day=one.occurred_at.date(),
        user=one.user_id,
        feature=data.get("feature"),
        kind=one.type,
        count=data.get("count", 1),
        seconds=data.get("seconds", 0),
    )
