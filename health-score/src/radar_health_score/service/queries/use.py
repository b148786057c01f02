"""Which features an account uses."""

from collections.abc import Callable
from typing import Final

from pyroaring import BitMap

from radar_health_score.domain.account.day_tally import DayTally
from radar_health_score.domain.account.facts import LOGIN, SESSION, WINDOW_DAYS
from radar_health_score.domain.workspace.workspace_days import from_micros
from radar_health_score.service.queries.query_context import QueryContext
from radar_health_score.service.queries.slices import sliced
from radar_vocabulary.answers.features import FeatureLine
from radar_vocabulary.answers.page import Page

_NOT_FEATURES: Final = frozenset({LOGIN, SESSION})


class UseQueries:
    """Answers about the features of one account."""

    def __init__(self, context: QueryContext, is_key: Callable[[str], bool]) -> None:
        self._context = context
        self._is_key = is_key

    def features(self, account_id: str, *, limit: int, cursor: str | None) -> Page[FeatureLine]:
        """Return the adoption of each feature, most used of late first; raises NotFound."""
        context = self._context
        with context.account(account_id) as (connection, row):
            nos = [row.account_no]
            names = {one.feature_no: one.name for one in context.rows.features(connection, nos)}
            tallies = context.rows.tallies(connection, nos)
        since = context.reader.days.day_of(context.clock.now()) - WINDOW_DAYS + 1
        adoption: dict[int, _Adoption] = {}
        for tally in tallies:
            for number, one in DayTally.decode(tally.tally).features.items():
                if names[number] not in _NOT_FEATURES:
                    adoption.setdefault(number, _Adoption()).add(
                        one.uses, one.millis, one.users, one.last_at, late=tally.day >= since
                    )
        lines = [one.line(names[number], key=self._is_key(names[number])) for number, one in adoption.items()]
        lines.sort(key=lambda line: (-line.uses_28d, -line.total, line.feature))
        return sliced(lines, limit, cursor)


class _Adoption:
    """Sums over the days of one feature."""

    def __init__(self) -> None:
        self.total = self.late = self.millis = self.last_at = 0
        self.users, self.late_users = BitMap(), BitMap()

    def add(self, uses: int, millis: int, users: BitMap, last_at: int, *, late: bool) -> None:
        self.total += uses
        self.millis += millis
        self.users |= users
        self.last_at = max(self.last_at, last_at)
        if late:
            self.late += uses
            self.late_users |= users

    def line(self, name: str, *, key: bool) -> FeatureLine:
        return FeatureLine(
            feature=name,
            key=key,
            total=self.total,
            seconds=self.millis / 1000,
            users=len(self.users),
            uses_28d=self.late,
            users_28d=len(self.late_users),
            last_used_at=from_micros(self.last_at),
        )
