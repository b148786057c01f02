"""When the calendar alone will change an account: the next day or moment that something told of it is dated to.

Windows move on by themselves and are left to the sweep, which comes round to everybody; a date ahead is known today.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from radar_health_score.domain.account.facts import AccountFacts, Contract
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays


def next_change_at(facts: AccountFacts, days: WorkspaceDays) -> datetime | None:
    """Return the next moment after ``facts.as_of`` that a date in the facts names; None where none lies ahead.

    A date names two moments, as a term begins with its day and an invoice is late once its day is over: the midnight
    before it and the one after.
    """
    today = days.day_of(facts.as_of)
    ahead = (day.toordinal() for day in _dates(facts) if day is not None)
    next_day = min((max(day, today + 1) for day in ahead if day >= today), default=None)
    moments = [one for one in _moments(facts) if one is not None and one > facts.as_of]
    if next_day is not None and next_day < date.max.toordinal():
        moments.append(days.start_of(next_day))
    return min(moments, default=None)


def earlier_of(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the earlier of two moments, either of which may be missing."""
    return min((moment for moment in (one, other) if moment is not None), default=None)


def day_after(day: int, days: WorkspaceDays) -> datetime:
    """Return the first moment that sees any use on the day after ``day``: just past its midnight."""
    return days.end_of(day) + timedelta(microseconds=1)


def _dates(facts: AccountFacts) -> Iterator[date | None]:
    yield from chain.from_iterable((one.due_on, one.paid_on) for one in facts.invoices)
    yield from chain.from_iterable((one.due_on, one.kept_on) for one in facts.promises)
    yield from chain.from_iterable(map(_dates_of, facts.contracts))


def _dates_of(contract: Contract) -> Iterator[date | None]:
    yield contract.starts_on
    yield contract.renews_on
    yield from (until for until, _ in contract.earlier_mrr)
    yield from (until for until, _ in contract.earlier_seats)
    yield from chain.from_iterable(contract.pauses)
    if contract.closing is not None:
        yield contract.closing.on
        yield contract.closing.moved_on


def _moments(facts: AccountFacts) -> Iterator[datetime | None]:
    yield from chain.from_iterable((one.opened_at, one.solved_at) for one in facts.tickets)
    yield from chain.from_iterable((one.started_at, one.ended_at) for one in facts.incidents)
    yield from chain.from_iterable((act.valid_from, act.expires_at) for act in facts.overrides)
    yield from (one.left_at for one in facts.people)
