"""Judges past moments by the cut that the portfolio would have had then, made once, when it is first asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from radar_chassis.store.database import Database
from radar_health_score.domain.account.attributes import Patch
from radar_health_score.domain.portfolio.past_cuts import PastCuts, paid_by_month, past_cuts
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.workspace.calendar_months import Month, month_of
from radar_health_score.domain.workspace.exchange import Amounts
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.state.account_records import CHUNK, patches_of


@dataclass(frozen=True, kw_only=True)
class CuttingPast:
    """Gives ``configuration`` the cut of a past moment.

    Attributes:
        until: the last moment that is asked about.
    """

    database: Database
    scan: ScanRows
    days: WorkspaceDays
    configuration: Configuration
    until: datetime

    def __call__(self, moment: datetime) -> Configuration:
        """Return the configuration as of ``moment``; where segments follow no cut it is always the same.

        Raises:
            DatabaseUnavailable: the contracts can't be read.
        """
        present = self.configuration
        if present.workspace.segments != "pareto":
            return present
        return replace(present, workspace=replace(present.workspace, cuts=self._past.on(self._day(moment))))

    @cached_property
    def _past(self) -> PastCuts:
        return past_cuts(self._paid())

    def _paid(self) -> Iterator[list[tuple[Month, Amounts]]]:
        last, workspace = month_of(self._day(self.until)), self.configuration.workspace
        after = 0
        while page := self._page(after):
            after, told = page
            for _, said in groupby(told, key=itemgetter(0)):
                yield list(paid_by_month((patch for _, patch in said), workspace, self.days, last))

    def _page(self, after: int) -> tuple[int, list[tuple[int, Patch]]] | None:
        """Return the number of a page's last account and what was said of each; None after the last page."""
        with self.database.reading() as connection:
            numbers = self.scan.account_nos(connection, after, CHUNK)
            rows = self.scan.record_patches(connection, numbers) if numbers else ()
        return (numbers[-1], sorted(patches_of(rows), key=itemgetter(0))) if numbers else None

    def _day(self, moment: datetime) -> date:
        return date.fromordinal(self.days.day_of(moment))
