"""What every question needs: the account it is about, and the moment it means."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import msgspec
import structlog
from sqlalchemy import Connection

from radar_chassis.clock import Clock
from radar_chassis.errors import Conflict, InvalidRequest, NotFound
from radar_chassis.store.database import Database
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.repositories.health_lists import HealthLists
from radar_health_score.service.forecast.champion_lookup import NO_CHAMPIONS, ChampionLookup
from radar_health_score.service.scoring.configurations import Configurations
from radar_health_score.service.scoring.score_ports import Scorer
from radar_health_score.service.scoring.scorer import ScorecardScorer
from radar_health_score.service.state.facts import FactsReader
from radar_vocabulary.contracts.health import HealthSnapshot

log = structlog.get_logger()

# What a value that can't be makes reckoning with it raise.
UNREADABLE: Final = (ArithmeticError, LookupError, TypeError, ValueError, msgspec.MsgspecError)


class AccountUnreadable(Conflict):
    """What is stored of the account doesn't let this question be answered."""

    code = "account_unreadable"


@dataclass(frozen=True, kw_only=True)
class QueryContext:
    """The tools at hand when a question is answered."""

    database: Database
    rows: FactRows
    reader: FactsReader
    lists: HealthLists
    scorer: Scorer
    configurations: Configurations
    clock: Clock
    champions: ChampionLookup = NO_CHAMPIONS

    def at(self, connection: Connection, moment: datetime | None) -> "QueryContext":
        """Return this desk as it was set up at a moment: its scorecards, key features and champion."""
        configuration = self.configurations.at(connection, moment)
        context = self.under(configuration)
        if moment is None:
            return context
        model = self.champions.at(connection, moment)
        return replace(context, scorer=ScorecardScorer(configuration, model))

    def under(self, configuration: Configuration) -> "QueryContext":
        """Return this desk with another configuration."""
        if configuration is self.configurations.current:
            return self
        return replace(
            self,
            reader=self.reader.judging(configuration.workspace.is_key),
            scorer=ScorecardScorer(configuration),
        )

    @contextmanager
    def account(self, account_id: str) -> Iterator[tuple[Connection, AccountRow]]:
        """Yield a connection and the account's row.

        Raises:
            NotFound: there is no such account.
            AccountUnreadable: the question failed over what is stored of the account.
        """
        with self.database.reading() as connection:
            row = self.reader.find(connection, account_id)
            if row is None:
                raise NotFound(
                    "No event of this account has arrived yet; check the id, or send its first event."
                )
            try:
                yield connection, row
            except UNREADABLE as error:
                log.exception("account_unreadable", account_id=account_id)
                raise AccountUnreadable(
                    "A stored fact of this account can't be used, so this can't be answered; the log says why. Send "
                    "the fact again with a value that can be, or ask about another moment."
                ) from error

    def moment(self, as_of: datetime | date | None, name: str = "as_of") -> datetime | None:
        """Return the moment meant: a date means the end of that day; today and None mean now (None).

        ``name`` is what the asker calls it.

        Raises:
            InvalidRequest: it lies in the future.
        """
        if as_of is None:
            return None
        now = self.clock.now()
        days = self.reader.days
        if not isinstance(as_of, datetime):
            day, today = as_of.toordinal(), days.day_of(now)
            if day < today:
                return days.end_of(day)
            if day == today:
                return None
        elif as_of.tzinfo is None:
            raise InvalidRequest("A moment needs an offset, such as 2026-11-21T10:00:00Z; or give a date.")
        elif as_of <= now:
            return as_of
        raise InvalidRequest(f"`{name}` is in the future; leave it out to ask for now.")

    def day(self, day: datetime | date) -> int:
        """Return the day meant by a date or a moment in it; raises InvalidRequest for one without an offset."""
        if not isinstance(day, datetime):
            return day.toordinal()
        if day.tzinfo is None:
            raise InvalidRequest("A moment needs an offset, such as 2026-11-21T10:00:00Z; or give a date.")
        return self.reader.days.day_of(day)

    def shown(
        self, connection: Connection, account: AccountRow, moment: datetime | None
    ) -> HealthSnapshot | None:
        """Return the latest snapshot, or what was shown at a past moment: the last one kept that day till then."""
        if moment is None:
            return self.lists.latest(connection, account.account_no)
        begin = self.reader.days.start_of(self.reader.days.through(moment))
        kept = self.lists.kept(connection, account.account_no, begin, moment)
        return kept[-1] if kept else None

    def facts(self, connection: Connection, account: AccountRow, moment: datetime | None) -> AccountFacts:
        """Return the account's facts: as of now, or at a past moment counting use of whole days only."""
        if moment is None:
            (known,) = self.reader.read_now(connection, [account.account_no], self.clock.now())
            return known.facts
        days = self.reader.days
        through = days.through(moment)
        whole = through if moment == days.end_of(through) else through - 1
        return self.reader.read_at(connection, account, moment, through=whole)
