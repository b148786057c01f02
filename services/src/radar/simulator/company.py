"""The company: everything that happens to all of its customers between two moments, as native events."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Final

from radar.simulator import commerce, feedback
from radar.simulator.accounts import Account, make_accounts
from radar.simulator.dated_fact import DatedFact
from radar.simulator.native import NativeEvent
from radar.simulator.use import use_on

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Company:
    """A made-up company. Equal arguments give equal events with equal ids, whatever span is asked for.

    Attributes:
        anchor: day 0 of every story, usually the day it was made.
        days: how many days of use lie before the anchor; contracts and renewals go back further.
    """

    accounts: int = 60
    days: int = 120
    seed: int = 1
    anchor: date

    @cached_property
    def customers(self) -> list[Account]:
        """Every account there is."""
        return make_accounts(self.accounts, self.seed, self.anchor)

    @property
    def run(self) -> str:
        """What sets this company's ids apart from another one's."""
        return f"s{self.seed}-{self.anchor:%y%m%d}"

    def history(self, until: datetime) -> Iterator[list[NativeEvent]]:
        """Yield, account by account, all that happened before ``until``, in order of time."""
        for account in self.customers:
            yield self.of(account, LONG_AGO, until)

    def between(self, start: datetime, end: datetime) -> list[NativeEvent]:
        """Return what happens to all accounts from ``start`` to before ``end``, in order of time."""
        every = chain.from_iterable(self.of(account, start, end) for account in self.customers)
        return sorted(every, key=attrgetter("occurred_at"))

    def of(self, account: Account, start: datetime, end: datetime) -> list[NativeEvent]:
        """Return what happens to one account from ``start`` to before ``end``, in order of time."""
        first = max(start.date(), account.begins_on, self.anchor - timedelta(days=self.days))
        days = (first + timedelta(days=n) for n in range((end.date() - first).days + 1))
        use = (event for day in days for event in use_on(account, day, anchor=self.anchor, run=self.run))
        events = chain(self._facts(account), use)
        return sorted(
            (event for event in events if start <= event.occurred_at < end), key=attrgetter("occurred_at")
        )

    def _facts(self, account: Account) -> Iterator[NativeEvent]:
        for number, fact in enumerate(self._dated(account)):
            # Facts come before the day's use, and in the order in which they are told.
            moment = datetime.combine(fact.on, time(0, 5), UTC) + timedelta(seconds=number)
            whose = f"-{fact.user_id.rsplit('-', 1)[1]}" if fact.user_id else ""
            yield NativeEvent(
                id=f"{self.run}-{account.account_id}-{fact.what}{whose}",
                type=fact.type,
                account_id=account.account_id,
                user_id=fact.user_id,
                occurred_at=moment,
                data=fact.data,
            )

    def _dated(self, account: Account) -> Iterator[DatedFact]:
        chance = random.Random(f"{self.run}|{account.account_id}|facts")  # noqa: S311 - repeatable
        yield from commerce.profile(account)
        yield from commerce.contracts(account, chance)
        yield from commerce.milestones(account)
        yield from commerce.invoices(account, self.anchor)
        yield from feedback.surveys(account, self.anchor, chance)
        yield from feedback.tickets(account, self.anchor, self.days, chance)
        yield from feedback.promises(account, self.anchor, chance)
        yield from feedback.requests(account, self.anchor, chance)
        yield from feedback.incidents(account, self.anchor)
        yield from feedback.departures(account, self.anchor)
