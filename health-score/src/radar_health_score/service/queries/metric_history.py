"""How an account's metrics moved: every day recomputed from what was known by its end, in one walk."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection

from radar_chassis.errors import InvalidRequest, NotFound
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_health_score.domain.metrics.reading import Missing, Reading, Readings
from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.service.queries.query_context import QueryContext
from radar_vocabulary.answers.metrics import MetricHistory, MetricPoint, MetricSeries

USUAL_DAYS: Final = 91
MOST_POINTS: Final = 400


class _DayMetrics(NamedTuple):
    """What a day showed: readings, and points by metric."""

    readings: Readings
    points: dict[str, float]


class MetricHistoryQueries:
    """Answers how metrics moved."""

    def __init__(self, context: QueryContext) -> None:
        self._context = context

    def history(
        self,
        account_id: str,
        first: datetime | date | None,
        last: datetime | date | None,
        *,
        every: int = 7,
        metrics: Collection[str] = (),
    ) -> MetricHistory:
        """Return these metrics (all of them unless named) on every ``every``-th day, the last day always.

        The days go back from ``last`` (today) to ``first`` (91 days before). Metrics are recomputed under the rules and
        points under the scorecard in force then.

        Raises:
            NotFound: an unknown account, or a metric that doesn't exist.
            InvalidRequest: ``last`` before ``first``, or more than MOST_POINTS days.
        """
        wanted = _wanted(metrics)
        days = self._days(first, last, every)
        with self._context.account(account_id) as (connection, row):
            seen = list(self._seen(connection, row, days))
        return MetricHistory(
            account_id=account_id,
            as_of=self._context.clock.now(),
            days=[date.fromordinal(day) for day in days],
            items=[_series(name, seen) for name in wanted],
        )

    def _days(self, first: datetime | date | None, last: datetime | date | None, every: int) -> list[int]:
        today = self._context.reader.days.day_of(self._context.clock.now())
        end = today if last is None else min(self._context.day(last), today)
        begin = end - USUAL_DAYS if first is None else self._context.day(first)
        if begin > end:
            raise InvalidRequest("`from` must not be after `to` or in the future.")
        if (end - begin) // every >= MOST_POINTS:
            raise InvalidRequest(
                f"Ask for at most {MOST_POINTS} days at once, or for fewer with a larger `every`."
            )
        return list(range(end, begin - 1, -every))[::-1]

    def _seen(self, connection: Connection, row: AccountRow, days: Sequence[int]) -> Iterator[_DayMetrics]:
        context = self._context
        history = context.reader.history(connection, row)
        today = context.reader.days.day_of(context.clock.now())
        for day in days:
            if day == today:
                yield _day_metrics(context, context.facts(connection, row, None))
                continue
            moment = context.reader.days.end_of(day)
            then = context.at(connection, moment)
            yield _day_metrics(then, then.reader.step(history, moment))


def _day_metrics(context: QueryContext, facts: AccountFacts) -> _DayMetrics:
    snapshot = context.scorer.snapshot(facts)
    points = {driver.metric: driver.points for driver in snapshot.drivers}
    return _DayMetrics(context.scorer.readings(facts), points)


def _wanted(metrics: Collection[str]) -> Sequence[str]:
    unknown = sorted(set(metrics) - CATALOGUE.keys())
    if unknown:
        raise NotFound(f"There is no metric {unknown[0]!r}; see /v1/metrics/catalogue for all of them.")
    return [name for name in CATALOGUE if not metrics or name in metrics]


def _series(name: str, seen: Sequence[_DayMetrics]) -> MetricSeries:
    metric = CATALOGUE[name]
    return MetricSeries(
        metric=name,
        dimension=metric.dimension,
        unit=metric.unit,
        direction=metric.direction,
        description=metric.description,
        points=[_point(one.readings[name], one.points.get(name)) for one in seen],
    )


def _point(reading: Reading, points: float | None) -> MetricPoint:
    if isinstance(reading, Missing):
        return MetricPoint(value=None, points=None, missing=reading.reason)
    return MetricPoint(value=reading, points=points)
