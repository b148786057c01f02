"""The health of any past days under any scorecard: one walk through an account's history for all of them.

Metrics are measured once for all scorecards, by the settings that were in force at each moment. A scorecard that is
named speaks for every account, whatever it applies to.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from radar_chassis.errors import NotFound
from radar_chassis.store.database import Database
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.history.past_facts import History
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.replay import ReplayPoint, is_known, verdict_of
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.domain.scoring.scorecard_set import Scorecards
from radar_health_score.domain.scoring.traits import traits_of
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.scoring.configurations import Configurations
from radar_health_score.service.state.facts import FactsReader

CHUNK: Final = 10
PAGE: Final = 500
ReplayProgress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class ScorecardChoice:
    """Which scorecard speaks, given what was in force then; ``with_overrides``: before it, what people had set."""

    scorecard: Callable[[Configuration, AccountFacts], Scorecard]
    with_overrides: bool = False


def as_it_was() -> ScorecardChoice:
    """The scorecards in force at each moment, and what people had set: what was shown."""
    return ScorecardChoice(scorecard=lambda then, facts: then.scorecard_for(facts), with_overrides=True)


def one_of(scorecards: Scorecards) -> ScorecardChoice:
    """That one of ``scorecards`` that the account called for at each moment."""
    return ScorecardChoice(
        scorecard=lambda then, facts: scorecards.scorecard_for_traits(traits_of(facts, then.workspace))
    )


def always(scorecard: Scorecard) -> ScorecardChoice:
    """One scorecard, for every account."""
    return ScorecardChoice(scorecard=lambda _then, _facts: scorecard)


@dataclass(frozen=True, kw_only=True)
class Replaying:
    """Replays accounts."""

    database: Database
    rows: FactRows
    scan: ScanRows
    reader: FactsReader
    configurations: Configurations

    def account_nos(self, account_ids: Sequence[str] = ()) -> list[int]:
        """Return the numbers of these accounts, or of all, by account id; raises NotFound (one isn't known)."""
        with self.database.reading() as connection:
            found = self._named(connection, account_ids) if account_ids else self._every(connection)
        return [found[account_id] for account_id in sorted(found)]

    def _named(self, connection: Connection, account_ids: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for account_id in account_ids:
            row = self.rows.find(connection, account_id)
            if row is None:
                raise NotFound(f"No event of the account {account_id} has arrived yet; check its id.")
            found[account_id] = row.account_no
        return found

    def _every(self, connection: Connection) -> dict[str, int]:
        found: dict[str, int] = {}
        last = 0
        while page := self.scan.account_nos(connection, last, PAGE):
            found |= {row.account_id: row.account_no for row in self.rows.accounts(connection, page)}
            last = page[-1]
        return found

    def points(
        self,
        account_nos: Sequence[int],
        moments: Sequence[datetime],
        choices: Sequence[ScorecardChoice],
        progress: ReplayProgress,
    ) -> Iterator[ReplayPoint]:
        """Yield every account, in the order given, at each of ``moments`` (ascending) that knew anything of it.

        ``progress`` is told (accounts done, of all).
        """
        with self.database.reading() as connection:
            configurations = [self.configurations.at(connection, moment) for moment in moments]
        then = list(zip(moments, configurations, strict=True))
        for first in range(0, len(account_nos), CHUNK):
            progress(first, len(account_nos))
            # Read first, compute then: a transaction must not stay open while metrics are measured.
            with self.database.reading() as connection:
                chunk = account_nos[first : first + CHUNK]
                rows = {row.account_no: row for row in self.rows.accounts(connection, chunk)}
                asked = [rows[number] for number in chunk if number in rows]
                told = [(row.account_id, self.reader.history(connection, row)) for row in asked]
            for account_id, history in told:
                yield from self._walk(account_id, history, then, choices)
        progress(len(account_nos), len(account_nos))

    def _walk(
        self,
        account_id: str,
        history: History,
        then: Sequence[tuple[datetime, Configuration]],
        choices: Sequence[ScorecardChoice],
    ) -> Iterator[ReplayPoint]:
        for moment, configuration in then:
            facts = self.reader.judging(configuration.workspace.is_key).step(history, moment)
            if not is_known(facts):
                continue
            readings = measure(facts, configuration.workspace)
            yield ReplayPoint(
                account_id=account_id,
                as_of=moment,
                verdicts=tuple(
                    verdict_of(
                        facts,
                        readings,
                        choice.scorecard(configuration, facts),
                        with_overrides=choice.with_overrides,
                    )
                    for choice in choices
                ),
            )
