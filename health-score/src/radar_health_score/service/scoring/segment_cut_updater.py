"""Keeps the cut of the portfolio into key, mid and long tail.

Each process looks often at what the portfolio sums up to. Once a day, and when that has come to rest at something
else than it was, one of them compares the cut with what accounts pay by their latest health, and where it has to move
(``steady_cut``) notes it together with the configuration that it makes; all take up what is noted, so that they judge
alike. A past moment is judged by the configuration, and so by the cut, that was in force then.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import Connection

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.segments import steady_cuts
from radar_health_score.repositories.segment_book import CutBook
from radar_health_score.repositories.segment_records import Cuts, PortfolioSize
from radar_health_score.service.scoring.configurations import Configurations

log = structlog.get_logger()
CHECK_EVERY: Final = timedelta(hours=24)
CHANGED_BY: Final = 0.05


@dataclass(kw_only=True)
class SegmentCutUpdater:
    """The work of a periodic task.

    Attributes:
        adopted: called when another cut has come into force while the process runs.
    """

    database: Database
    book: CutBook
    configurations: Configurations
    clock: Clock
    adopted: Callable[[], None]
    _off: bool = field(init=False)
    _seen: PortfolioSize | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """See whether the workspace wants a cut at all."""
        self._off = self.configurations.current.workspace.segments != "pareto"

    def __call__(self) -> None:
        """Take up the cut in force, and make another one if it is time to; raises DatabaseUnavailable."""
        if self._off:
            return
        taken = self.take_up()
        with self.database.reading() as connection:
            last, now = self.book.last_look(connection), self.book.look(connection, self.clock.now())
        before, self._seen = self._seen, now
        if _is_due(last, now, before):
            taken |= self._adopt(self.database.run(lambda connection: self._cut(connection, last, now)))
        if taken:
            self.adopted()

    def take_up(self) -> bool:
        """Put the noted cut in force in this process; return whether that is a change; raises DatabaseUnavailable."""
        if self._off:
            return False
        with self.database.reading() as connection:
            cuts = self.book.cuts(connection)
        return self._adopt(self._with(cuts))

    def _cut(self, connection: Connection, last: PortfolioSize | None, now: PortfolioSize) -> Configuration:
        """Return the configuration to go on with, noted; where somebody else sees to that, the present one."""
        current = self.configurations.current
        if not self.book.claim(connection, last, now):
            return current
        portfolio = (current.workspace.exchange.total(paid) for paid in self.book.portfolio(connection))
        configuration = self._with(steady_cuts(current.workspace.cuts, portfolio))
        if configuration != current:
            self.book.note(connection, configuration.workspace.cuts, now.at)
            self.configurations.book.register(connection, configuration, now.at)
        return configuration

    def _with(self, cuts: Cuts) -> Configuration:
        current = self.configurations.current
        return replace(current, workspace=replace(current.workspace, cuts=cuts))

    def _adopt(self, configuration: Configuration) -> bool:
        if configuration == self.configurations.current:
            return False
        self.configurations.current = configuration
        cuts = {currency: (cut.key, cut.mid) for currency, cut in configuration.workspace.cuts.items()}
        log.info("segments_cut", cuts=cuts)
        return True


def _is_due(last: PortfolioSize | None, now: PortfolioSize, before: PortfolioSize | None) -> bool:
    """Return whether to make the cut ``now``, given the last one made and what we saw a moment before."""
    if last is not None and now.at - last.at >= CHECK_EVERY:
        return True
    # While accounts are still coming in, a cut would not last.
    settled = before is not None and not _differ(before, now)
    return settled and (now.payers > 0 if last is None else _differ(last, now))


def _differ(one: PortfolioSize, other: PortfolioSize) -> bool:
    pairs = ((one.payers, other.payers), (one.arr, other.arr))
    return any(abs(first - second) > CHANGED_BY * max(first, second) for first, second in pairs)
