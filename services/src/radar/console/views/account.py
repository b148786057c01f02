"""What the account page shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from radar.console.charts.picture import Picture
from radar.console.charts.score_line import DayScore, score_line
from radar.console.charts.sparkline import Sparkline, value_sparkline
from radar.console.charts.time_axis import NARROW, WIDE
from radar.console.texts import counted
from radar.console.words import DIMENSIONS, measured, metric_name, unit_word
from radar_vocabulary.answers.accounts import AccountDetail, ContractLine
from radar_vocabulary.answers.health_history import HealthPoint
from radar_vocabulary.answers.metrics import MetricHistory, MetricLine, MetricSeries
from radar_vocabulary.answers.scorecards import BandLimits
from radar_vocabulary.contracts.health import HealthSnapshot

HISTORY: Final = timedelta(days=90)
LEAST_DAYS: Final = timedelta(days=13)
TermState = Literal["ended", "trial_ended", "ends", "trial", "undated", "renews"]


@dataclass(frozen=True, kw_only=True)
class DimensionRow:
    """A dimension's card."""

    name: str
    score: float | None
    weight: float
    coverage: float


@dataclass(frozen=True, kw_only=True)
class MetricRow:
    """A metric's row: ``value`` in words, or ``missing`` says why there is none; ``spark`` is its last 13 weeks."""

    name: str
    description: str | None
    value: str | None
    unit: str
    missing: str | None
    metric: str
    spark: Sparkline | None


@dataclass(frozen=True, kw_only=True)
class MetricGroup:
    """The metrics of a dimension."""

    title: str
    known: int
    rows: tuple[MetricRow, ...]


@dataclass(frozen=True, kw_only=True)
class TermRow:
    """A term of a contract, and what its row begins with."""

    term: ContractLine
    state: TermState

    @property
    def is_past(self) -> bool:
        """Whether it has ended."""
        return self.state in {"ended", "trial_ended"}


@dataclass(frozen=True, kw_only=True)
class AsOf:
    """The day a page is about: a past one is seen from its end, today from now."""

    day: date
    today: date

    @property
    def past(self) -> date | None:
        """The day, when the page looks back."""
        return self.day if self.day < self.today else None


def as_of(asked: str, today: date) -> AsOf:
    """Return the day of an address's ``as_of``; anything that isn't a past day means today."""
    try:
        wanted = date.fromisoformat(asked)
    except ValueError:
        wanted = today
    return AsOf(day=wanted if wanted.year >= 2000 and wanted < today else today, today=today)


def dimensions(snapshot: HealthSnapshot) -> tuple[DimensionRow, ...]:
    """Return the three dimensions in their order."""
    found = snapshot.dimensions
    return tuple(
        DimensionRow(
            name=title, score=found[key].score, weight=found[key].weight, coverage=found[key].coverage
        )
        for key, title in DIMENSIONS.items()
        if key in found
    )


@dataclass(frozen=True, kw_only=True)
class HistoryChart:
    """The same picture twice: for a desk and for a phone."""

    wide: Picture
    narrow: Picture


def history_chart(points: Sequence[HealthPoint], at: AsOf, limits: BandLimits | None) -> HistoryChart | None:
    """Return the score over the days before ``at``, one reading a day, the day's last; None without a score."""
    rows = [DayScore(day=point.day, score=point.score, band=point.band) for point in points]
    known = [row.day for row in rows if row.score is not None]
    first = min(max(at.day - HISTORY, known[0] if known else at.day), at.day - LEAST_DAYS)
    shown = [row for row in rows if first <= row.day <= at.day]
    wide = score_line(shown, first=first, last=at.day, limits=limits, size=WIDE)
    narrow = score_line(shown, first=first, last=at.day, limits=limits, size=NARROW)
    return HistoryChart(wide=wide, narrow=narrow) if wide and narrow else None


def metric_groups(metrics: Iterable[MetricLine], history: MetricHistory) -> tuple[MetricGroup, ...]:
    """Return the metrics by dimension, those with a value first, each with how it moved."""
    metrics = tuple(metrics)
    moved = {series.metric: series for series in history.items}
    groups = []
    for key, title in DIMENSIONS.items():
        mine = sorted((one for one in metrics if one.dimension == key), key=lambda one: one.value is None)
        known = sum(1 for one in mine if one.value is not None)
        rows = tuple(_metric(one, moved.get(one.metric)) for one in mine)
        groups.append(MetricGroup(title=title, known=known, rows=rows))
    return tuple(group for group in groups if group.rows)


def terms(account: AccountDetail, today: date) -> tuple[TermRow, ...]:
    """Return the terms: those that go on by the nearest renewal, then ended ones, the latest first."""
    rows = [TermRow(term=one, state=_state(one, today)) for one in account.contracts]
    current = [one for one in rows if not one.is_past]
    ended = [one for one in rows if one.is_past]
    current.sort(key=lambda one: (one.term.renews_on or date.max, one.term.contract_id))
    ended.sort(key=lambda one: one.term.closing.on if one.term.closing else date.min, reverse=True)
    return (*current, *ended)


def _state(term: ContractLine, today: date) -> TermState:
    closing = term.closing
    if closing is not None and closing.on <= today:
        return "trial_ended" if term.trial else "ended"
    if closing is not None and closing.outcome == "churned":
        return "ends"
    if term.trial:
        return "trial"
    return "undated" if term.renews_on is None else "renews"


def _metric(one: MetricLine, series: MetricSeries | None) -> MetricRow:
    return MetricRow(
        name=metric_name(one.metric, one.description),
        description=one.description,
        value=None if one.value is None else measured(one.value, one.unit),
        unit="" if one.value is None else unit_word(one.value, one.unit),
        missing=one.missing,
        metric=one.metric,
        spark=_spark(series) if series and one.value is not None else None,
    )


def _spark(series: MetricSeries) -> Sparkline | None:
    values = [point.value for point in series.points]
    start = next((value for value in values if value is not None), 0.0)
    says = counted(
        "{metric} over {count} week, from {value}",
        "{metric} over {count} weeks, from {value}",
        len(values) - 1,
        metric=metric_name(series.metric, series.description),
        value=measured(start, series.unit),
    )
    return value_sparkline(values, better=series.direction, says=says)
