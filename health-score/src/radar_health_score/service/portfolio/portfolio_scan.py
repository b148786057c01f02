"""One pass over all accounts' records, as of any moment: what every question about the portfolio begins with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.service.state.account_records import CHUNK, AccountRecordsReader
from radar_vocabulary.contracts.scalars import Stage


class Scanned(NamedTuple):
    """An account's records, and the stage its health named; None where none is known of that moment."""

    account_no: int
    facts: AccountFacts
    stage: Stage | None


@dataclass(frozen=True, kw_only=True)
class PortfolioScan:
    """Reads every account, CHUNK at a time, so that memory stays the same however many there are."""

    database: Database
    records: AccountRecordsReader
    clock: Clock
    rates: Rates

    def every(self, as_of: datetime) -> Iterator[AccountFacts]:
        """Yield the records of every account that was known at ``as_of``."""
        with self.database.reading() as connection:
            yield from self.records.every(connection, as_of)

    def staged(self, as_of: datetime, *, now: bool) -> Iterator[Scanned]:
        """Yield the same with the account's stage; ``now``: that of its latest health."""
        scan, after = self.records.scan, 0
        with self.database.reading() as connection:
            while numbers := scan.account_nos(connection, after, CHUNK):
                after = numbers[-1]
                stages = scan.stages(connection, numbers, None if now else as_of)
                for no, facts in self.records.read(connection, numbers, as_of):
                    yield Scanned(no, facts, stages.get(no))

    def last_day(self, as_of: datetime) -> date:
        """Return the last day that counts at ``as_of``, in the workspace's time zone."""
        return date.fromordinal(self.records.days.through(as_of))
