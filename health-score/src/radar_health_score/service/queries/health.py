"""An account's health now, at any past moment, and day by day.

What was shown then comes first: a snapshot kept that day is given as it is. Where none was kept (history that was
imported, a day on which the service was away) the moment is recomputed from what was known by then; use counts in
whole days, so that a moment inside a day never sees what came later in it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from radar_chassis.errors import InvalidRequest
from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_health_score.domain.metrics.reading import Missing, Readings
from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.service.queries.model_reasons import with_reasons
from radar_health_score.service.queries.query_context import QueryContext
from radar_vocabulary.answers.health_history import HealthPoint
from radar_vocabulary.answers.metrics import MetricLine, Metrics
from radar_vocabulary.answers.page import Page
from radar_vocabulary.contracts.health import HealthSnapshot

MOST_DAYS: Final = 400
USUAL_DAYS: Final = 90


class HealthQueries:
    """Answers about one account's health."""

    def __init__(self, context: QueryContext) -> None:
        self._context = context

    def health(self, account_id: str, as_of: datetime | date | None) -> HealthSnapshot:
        """Return the account's health; raises NotFound, InvalidRequest (a future moment)."""
        context, moment = self._context, self._context.moment(as_of)
        with context.account(account_id) as (connection, row):
            then = context.at(connection, moment)
            shown = context.shown(connection, row, moment)
            if shown is not None:
                return with_reasons(then, connection, row, shown)
            facts = then.facts(connection, row, moment)
            return with_reasons(then, connection, row, then.scorer.snapshot(facts), facts)

    def metrics(self, account_id: str, as_of: datetime | date | None) -> Metrics:
        """Return every metric; raises NotFound, InvalidRequest (a future moment)."""
        context, moment = self._context, self._context.moment(as_of)
        with context.account(account_id) as (connection, row):
            then = context.at(connection, moment)
            facts = then.facts(connection, row, moment)
        return Metrics(account_id=account_id, as_of=facts.as_of, items=_lines(then.scorer.readings(facts)))

    def history(
        self, account_id: str, first: datetime | date | None, last: datetime | date | None
    ) -> Page[HealthPoint]:
        """Return the last snapshot of each day from ``first`` to ``last`` (by default the last 90 days).

        Raises:
            NotFound, InvalidRequest: ``last`` before ``first``, or more than MOST_DAYS.
        """
        days = self._range(first, last)
        with self._context.account(account_id) as (connection, row):
            return Page(items=list(self._points(connection, row, days)))

    def _range(self, first: datetime | date | None, last: datetime | date | None) -> range:
        days = self._context.reader.days
        today = days.day_of(self._context.clock.now())
        end = today if last is None else min(self._context.day(last), today)
        begin = end - USUAL_DAYS + 1 if first is None else self._context.day(first)
        if begin > end:
            raise InvalidRequest("`from` must not be after `to` or in the future.")
        if end - begin >= MOST_DAYS:
            raise InvalidRequest(f"Ask for at most {MOST_DAYS} days at once.")
        return range(begin, end + 1)

    def _points(self, connection: Connection, row: AccountRow, days: range) -> Iterator[HealthPoint]:
        context = self._context
        calendar = context.reader.days
        begin, end = calendar.start_of(days[0]), calendar.end_of(days[-1])
        kept = {
            calendar.through(one.as_of): one
            for one in context.lists.kept(connection, row.account_no, begin, end)
        }
        today = calendar.day_of(context.clock.now())
        missing = [day for day in days if day not in kept and day < today]
        recomputed = self._recomputed(connection, row, missing) if missing else {}
        for day in days:
            snapshot = kept.get(day) or recomputed.get(day)
            if snapshot is not None:
                yield _point(day, snapshot, recomputed=day in recomputed)

    def _recomputed(
        self, connection: Connection, row: AccountRow, days: Sequence[int]
    ) -> dict[int, HealthSnapshot]:
        history = self._context.reader.history(connection, row)
        found = {}
        for day in days:
            moment = self._context.reader.days.end_of(day)
            then = self._context.at(connection, moment)
            found[day] = then.scorer.snapshot(then.reader.step(history, moment))
        return found


def _point(day: int, snapshot: HealthSnapshot, *, recomputed: bool) -> HealthPoint:
    return HealthPoint(
        day=date.fromordinal(day),
        as_of=snapshot.as_of,
        score=snapshot.score,
        band=snapshot.band,
        coverage=snapshot.coverage,
        dimensions=snapshot.dimensions,
        scorecard=snapshot.scorecard,
        recomputed=recomputed,
        override=snapshot.override,
    )


def _lines(readings: Readings) -> list[MetricLine]:
    return [
        MetricLine(
            metric=name,
            dimension=metric.dimension,
            value=None if isinstance(reading, Missing) else reading,
            unit=metric.unit,
            direction=metric.direction,
            description=metric.description,
            missing=reading.reason if isinstance(reading, Missing) else None,
        )
        for name, metric in CATALOGUE.items()
        for reading in (readings[name],)
    ]
