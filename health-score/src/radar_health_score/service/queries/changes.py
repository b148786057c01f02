"""Why an account's score changed between two moments.

Each end is what was shown then: the snapshot kept that day, or one recomputed under the configuration in force. The
present is always looked at afresh.
"""

from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from radar_chassis.errors import InvalidRequest
from radar_health_score.domain.account.facts import WINDOW_DAYS
from radar_health_score.domain.scoring.changes import Basis, split_change
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.service.queries.query_context import QueryContext
from radar_vocabulary.answers.changes import Changes
from radar_vocabulary.language.tags import Language

USUAL_DAYS: Final = WINDOW_DAYS
MomentOrDay = datetime | date | None


class ChangeQueries:
    """Answers why a score changed."""

    def __init__(self, context: QueryContext) -> None:
        self._context = context

    def changes(
        self, account_id: str, first: MomentOrDay, last: MomentOrDay, language: Language = "en"
    ) -> Changes:
        """Return the change from ``first`` (28 days before ``last``) to ``last`` (now), split, in ``language``.

        Raises:
            NotFound: no such account.
            InvalidRequest: a moment in the future, or the wrong way round.
        """
        end = self._context.moment(last, "to")
        begin = self._context.moment(self._usual(last) if first is None else first, "from")
        if end is not None and (begin is None or begin > end):
            raise InvalidRequest("`from` must not be after `to`; swap them.")
        with self._context.account(account_id) as (connection, row):
            return self._split(connection, row, (begin, end), language)

    def _usual(self, last: MomentOrDay) -> date:
        day = self._context.day(self._context.clock.now() if last is None else last)
        return date.fromordinal(max(1, day - USUAL_DAYS))

    def _split(
        self,
        connection: Connection,
        row: AccountRow,
        between: tuple[datetime | None, datetime | None],
        language: Language,
    ) -> Changes:
        begin, end = between
        before, after = (self._context.configurations.at(connection, moment) for moment in between)
        earlier = self._basis(connection, row, begin, before)
        later = self._basis(connection, row, end, after)
        same = before.workspace.key_features == after.workspace.key_features
        informed = None if same else self._context.under(before).facts(connection, row, end)
        return split_change(earlier, later, informed, language=language)

    def _basis(
        self, connection: Connection, row: AccountRow, moment: datetime | None, configuration: Configuration
    ) -> Basis:
        context = self._context.under(configuration)
        facts = context.facts(connection, row, moment)
        shown = None if moment is None else context.shown(connection, row, moment)
        known = context.configurations.scorecard(connection, shown.scorecard.version) if shown else None
        return Basis(
            facts=facts,
            scorecard=known or configuration.scorecard_for(facts),
            workspace=configuration.workspace,
            shown=shown,
        )
