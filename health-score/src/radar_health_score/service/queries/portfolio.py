"""The economics of all accounts, in total and by group, as of any day.

One pass over the accounts gives the total and all groupings: per account a few attributes and its contracts are
read, compared and forgotten, so memory holds a chunk of accounts and the groups' sums.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, get_args

from radar_health_score.domain.portfolio.cohorts import cohort_of
from radar_health_score.domain.portfolio.revenue_change import revenue_change
from radar_health_score.domain.portfolio.revenue_ledger import Ledger
from radar_health_score.domain.scoring.segments import segment_on
from radar_health_score.domain.workspace.calendar_months import months_before
from radar_health_score.service.portfolio.portfolio_scan import PortfolioScan, Scanned
from radar_health_score.service.queries.answer_cache import AnswerCache
from radar_health_score.service.queries.economics_lines import group_line
from radar_health_score.service.queries.query_context import QueryContext
from radar_vocabulary.answers.portfolio import By, Portfolio
from radar_vocabulary.contracts.scalars import Segment

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

    def __init__(self, context: QueryContext, scan: PortfolioScan, cac: Mapping[str, float]) -> None:
        self._context = context
        self._scan = scan
        self._cac = cac
        self._scans = AnswerCache[Ledgers](context.clock, most=16)

    def portfolio(self, as_of: datetime | date | None, *, by: By, months: int) -> Portfolio:
        """Return the economics over the ``months`` that end with ``as_of``; raises InvalidRequest (the future)."""
        moment = self._context.moment(as_of)
        ledgers = self._scans.get((moment, months), lambda: self._ledgers(moment, months))
        last = self._scan.last_day(ledgers.as_of)
        ordered = sorted(ledgers.groups[by].items(), key=_by_size)
        return Portfolio(
            as_of=ledgers.as_of,
            first_day=months_before(last, months),
            last_day=last,
            months=months,
            by=by,
            currency=self._scan.rates.currency,
            rates=dict(self._scan.rates.rates),
            total=group_line(None, ledgers.total, months, self._cac),
            groups=[group_line(group, ledger, months, self._cac) for group, ledger in ordered[:GROUPS_SHOWN]],
            groups_left_out=max(0, len(ordered) - GROUPS_SHOWN),
        )

    def _ledgers(self, moment: datetime | None, months: int) -> Ledgers:
        as_of = moment or self._context.clock.now()
        last = self._scan.last_day(as_of)
        first = months_before(last, months)
        with self._context.database.reading() as connection:
            workspace = self._context.configurations.at(connection, moment).workspace
        total = Ledger()
        groups: dict[By, dict[Group, Ledger]] = {by: {} for by in get_args(By)}
        for one in self._scan.staged(as_of, now=moment is None):
            change = revenue_change(one.facts.contracts, first, last, self._scan.rates)
            total.add(change)
            # Who was key then and has left is a key customer lost, though by what it pays now it is none.
            segment = segment_on(one.facts, workspace, first if change.before.customer else last)
            for by, group in _groups(one, segment):
                groups[by].setdefault(group, Ledger()).add(change)
        return Ledgers(as_of=as_of, total=total, groups=groups)


def _groups(one: Scanned, segment: Segment) -> Iterator[tuple[By, Group]]:
    profile = one.facts.profile
    owner, cohort = profile.owner, cohort_of(one.facts.contracts, "quarter")
    yield "segment", segment
    yield "industry", profile.industry
    yield "region", profile.region
    yield "owner", (owner.name or owner.email) if owner else None
    yield "stage", one.stage
    yield "business_model", profile.business_model
    yield "cohort", cohort.name if cohort else None


def _by_size(group: tuple[Group, Ledger]) -> tuple[int, int, str]:
    name, ledger = group
    return -ledger.customers, -ledger.accounts, name or ""
