"""What people at a customer do on a day: logins, feature use, sessions."""

import math
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from radar.simulator import words
from radar.simulator.accounts import Account, Person
from radar.simulator.native import NativeEvent

WEEKEND: Final = 0.05
NAMES: Final = tuple(name for name, _ in words.FEATURES)
WEIGHTS: Final = tuple(weight for _, weight in words.FEATURES)


def use_on(account: Account, day: date, *, anchor: date, run: str) -> Iterator[NativeEvent]:
    """Yield the account's use on ``day``, in order of time for each person; a function of its arguments alone."""
    offset = (day - anchor).days
    level = _level(account, day, offset)
    if level <= 0:
        return
    chance = random.Random(f"{run}|{account.account_id}|{day.toordinal()}")  # noqa: S311 - repeatable
    for person in account.people:
        if _has_left(account, person, offset):
            continue
        if chance.random() < min(0.97, person.active_share * level):
            yield from _visit(account, person, day, chance, run)


def _level(account: Account, day: date, offset: int) -> float:
    story = account.story
    begun = story.starts if story.starts is not None else story.back_since
    if begun is not None and offset < begun:
        return 0.0
    season = 1 + story.season * math.sin(2 * math.pi * offset / 60)
    return story.level(offset) * season * (WEEKEND if day.weekday() > 4 else 1.0)


def _has_left(account: Account, person: Person, offset: int) -> bool:
    until = None
    if person.role == "decision_maker":
        until = account.story.decision_maker_until
    elif person.champion:
        until = account.story.champion_until
    return until is not None and offset > until


def _visit(
    account: Account, person: Person, day: date, chance: random.Random, run: str
) -> Iterator[NativeEvent]:
    # 24 h clock of the customer's region, kept within the day in UTC so that a day is a day everywhere.
    start = (8.0 + chance.triangular(0, 9, 2.5) + account.hour) % 24
    moment = datetime.combine(day, time(), UTC) + timedelta(seconds=int(min(start, 22.5) * 3600))
    began = moment
    prefix = f"{run}-{account.account_id}-{day:%Y%m%d}-{person.user_id.rsplit('-', 1)[1]}"
    number = 0

    def event(kind: str, data: dict[str, Any]) -> NativeEvent:
        nonlocal number
        number += 1
        return NativeEvent(
            id=f"{prefix}-{number}",
            type=kind,
            account_id=account.account_id,
            user_id=person.user_id,
            occurred_at=moment,
            data=data,
        )

    yield event("login", {"method": "sso" if account.segment == "key" else "password"})
    for feature in _features(account, person, chance):
        seconds = float(chance.randint(40, 600))
        moment += timedelta(seconds=seconds)
        yield event("feature_used", {"feature": feature, "count": chance.randint(1, 6), "seconds": seconds})
    if chance.random() < 0.5:
        moment += timedelta(seconds=30)
        yield event("session_ended", {"seconds": (moment - began).total_seconds()})


def _features(account: Account, person: Person, chance: random.Random) -> list[str]:
    if not account.story.activates:
        return [chance.choice(words.SHALLOW_FEATURES)]
    count = chance.randint(2, 4) if person.champion else chance.randint(1, 2)
    return list(dict.fromkeys(chance.choices(NAMES, WEIGHTS, k=count)))
