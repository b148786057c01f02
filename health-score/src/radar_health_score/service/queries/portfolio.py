"""The economics of all accounts, in total and by group, as of any day.

One pass over the accounts gives the total and all three groupings: per account a few attributes and its contracts are
read, compared and forgotten, so memory holds a chunk of accounts and the groups' sums.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from radar_health_score.domain.calendar_months import months_before
from radar_health_score.domain.exchange import Rates
from radar_health_score.domain.facts import AccountFacts
from radar_health_score.domain.revenue_change import RevenueChange, revenue_change
from radar_health_score.domain.revenue_ledger import Ledger
from radar_health_score.domain.rules import WorkspaceRules
from radar_health_score.domain.segments import segment_on
from radar_health_score.service.paper import PaperReader
from radar_health_score.service.portfolio_answers import By, Portfolio
from radar_health_score.service.queries.desk import Desk
from radar_health_score.service.queries.economics_lines import group_line
from radar_health_score.service.remembered import Remembered

GROUPS_SHOWN: Final = 100
Group = str | None


@dataclass(frozen=True, kw_only=True)
class Ledgers:
    """The sums of one pass: of all accounts, and by group of each grouping."""

    as_of: datetime
    total: Ledger
    groups: Mapping[By, dict[Group, Ledger]]


class PortfolioQueries:
    """Answers about the portfolio's economics.

    Args:
        cac: what acquiring a customer costs, by currency.
    """

    def __init__(
        self, desk: Desk, paper: PaperReader, rules: WorkspaceRules, rates: Rates, cac: Mapping[str, float]
    ) -> None:
        self._desk = desk
        self._paper = paper
        self._rules = rules
        self._rates = rates
        self._cac = cac
        self._scans = Remembered[Ledgers](desk.clock, most=16)

    def portfolio(self, as_of: datetime | date | None, *, by: By, months: int) -> Portfolio:
        """Return the economics over the ``months`` that end with ``as_of``; raises InvalidRequest (the future)."""
        moment = self._desk.moment(as_of)
        ledgers = self._scans.get((moment, months), lambda: self._scan(moment, months))
        last = self._last_day(ledgers.as_of)
        ordered = sorted(ledgers.groups[by].items(), key=_by_size)
        return Portfolio(
            as_of=ledgers.as_of,
            first_day=months_before(last, months),
            last_day=last,
            months=months,
            by=by,
            currency=self._rates.currency,
            rates=dict(self._rates.rates),
            total=group_line(None, ledgers.total, months, self._cac),
            groups=[group_line(group, ledger, months, self._cac) for group, ledger in ordered[:GROUPS_SHOWN]],
            groups_left_out=max(0, len(ordered) - GROUPS_SHOWN),
        )

    def _scan(self, moment: datetime | None, months: int) -> Ledgers:
        as_of = moment or self._desk.clock.now()
        last = self._last_day(as_of)
        first = months_before(last, months)
        total = Ledger()
        groups: dict[By, dict[Group, Ledger]] = {"segment": {}, "industry": {}, "region": {}}
        with self._desk.database.reading() as connection:
            for facts in self._paper.every(connection, as_of):
                change = revenue_change(facts.contracts, first, last, self._rates)
                total.add(change)
                for by, group in self._groups(facts, change, first, last):
                    groups[by].setdefault(group, Ledger()).add(change)
        return Ledgers(as_of=as_of, total=total, groups=groups)

    def _last_day(self, as_of: datetime) -> date:
        return date.fromordinal(self._desk.reader.days.through(as_of))

    def _groups(
        self, facts: AccountFacts, change: RevenueChange, first: date, last: date
    ) -> Iterator[tuple[By, Group]]:
        # Who was key then and has left is a key customer lost, though by what it pays now it is none.
        yield "segment", segment_on(facts, self._rules, first if change.before.customer else last)
        yield "industry", facts.profile.industry
        yield "region", facts.profile.region


def _by_size(group: tuple[Group, Ledger]) -> tuple[int, int, str]:
    name, ledger = group
    return -ledger.customers, -ledger.accounts, name or ""
