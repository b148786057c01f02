"""Facts built the slow, obvious way from a list of raw records of use, to compare the product's own with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from pyroaring import BitMap

from radar_health_score.domain.account.facts import (
    LOGIN,
    SESSION,
    USAGE_DAYS,
    AccountFacts,
    DayUse,
    FeatureUse,
    Person,
)
from radar_health_score.domain.account.year_use import DayVolume, YearUse

__all__ = ["LOGIN", "SESSION", "Use", "at_midnight_after", "facts_from"]


@dataclass(frozen=True, kw_only=True)
class Use:
    """One record of use: a login, a use of a feature, or an ended session."""

    at: datetime
    user: str | None = "u1"
    feature: str = LOGIN
    count: int = 1
    seconds: float = 0.0


def at_midnight_after(day: datetime) -> datetime:
    """Return the midnight (UTC) that ends ``day``."""
    return datetime.combine(day.date() + timedelta(days=1), time(), UTC)


def facts_from(
    records: Iterable[Use],
    as_of: datetime,
    *,
    roles: dict[str, Any] | None = None,
    key_features: frozenset[str] | None = None,
    account_id: str = "acme",
    **known: Any,
) -> AccountFacts:
    """Return the facts at ``as_of`` (UTC days) of an account with these records of use.

    ``roles`` names the role of users; ``known`` passes other fields of AccountFacts through.
    """
    seen = sorted((use for use in records if use.at < as_of), key=lambda use: use.at)
    through = (as_of - timedelta(microseconds=1)).astimezone(UTC).date()
    names = sorted({use.user for use in seen if use.user is not None} | set(roles or {}))
    numbers = {name: number for number, name in enumerate(names)}
    by_day: dict[Any, list[Use]] = defaultdict(list)
    for use in seen:
        by_day[use.at.date()].append(use)
    return AccountFacts(
        account_id=account_id,
        as_of=as_of,
        through=through,
        usage=tuple(
            _day(day, by_day[day], numbers) for day in sorted(by_day) if (through - day).days < USAGE_DAYS
        ),
        year=YearUse.of({day.toordinal(): _volume(by_day[day]) for day in by_day}, through.toordinal()),
        people=tuple(_person(name, numbers[name], seen, roles or {}, key_features) for name in names),
        first_event_at=seen[0].at if seen else None,
        last_event_at=seen[-1].at if seen else None,
        **known,
    )


def _day(day: Any, records: Sequence[Use], numbers: dict[str, int]) -> DayUse:
    features = {
        name: FeatureUse(
            uses=sum(use.count for use in records if use.feature == name),
            seconds=sum(use.seconds for use in records if use.feature == name),
            users=BitMap(numbers[use.user] for use in records if use.feature == name and use.user),
        )
        for name in {use.feature for use in records}
    }
    users = {use.user for use in records if use.user}
    return DayUse(
        day=day,
        features=features,
        users=BitMap(numbers[user] for user in users),
        uses_by_user={numbers[user]: sum(1 for use in records if use.user == user) for user in users},
    )


def _volume(records: Sequence[Use]) -> DayVolume:
    named = sum(use.count for use in records if use.feature not in {LOGIN, SESSION})
    sessions = sum(use.seconds for use in records if use.feature == SESSION)
    return DayVolume(
        uses=named or sum(use.count for use in records),
        users=len({use.user for use in records if use.user}),
        seconds=sessions or sum(use.seconds for use in records),
    )


def _person(
    name: str, number: int, seen: Sequence[Use], roles: dict[str, Any], key: frozenset[str] | None
) -> Person:
    own = [use for use in seen if use.user == name]
    keyed = [
        use for use in own if use.feature not in {LOGIN, SESSION} and (key is None or use.feature in key)
    ]
    return Person(
        number=number,
        user_id=name,
        role=roles.get(name),
        first_day=own[0].at.date() if own else None,
        activated_day=keyed[0].at.date() if keyed else None,
        last_day=own[-1].at.date() if own else None,
    )
