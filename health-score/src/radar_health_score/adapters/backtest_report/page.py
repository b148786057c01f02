"""The report's page, put together from a template: every figure in words or in a table, the pictures inside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from radar_health_score.domain.forecast.backtest import ALL, Backtest
from radar_health_score.domain.forecast.coverage import LEAD_LABELS, coverage_in_words
from radar_health_score.domain.forecast.headline import headline
from radar_vocabulary.answers.backtests import Coverage, Quarter, Row
from radar_vocabulary.answers.backtests import CoverageCount as HeldAhead

NOTHING: Final = "–"
SEGMENTS: Final = {ALL: "All", "key": "Key", "mid": "Mid-tier", "long_tail": "Long tail"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measure in a table: the value, its interval, and whether it is the best of its group."""

    value: str
    interval: str
    best: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A scorer in a table."""

    title: str
    n: int
    abstained: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The lines of one lead and segment."""

    lead_days: int
    segment: str
    base_rate: str
    n: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A measure: field of ``Row``, heading, and whether more or less of it is better (0: neither)."""

    field: str
    heading: str
    better: int
    digits: int = 3


COLUMNS: Final = (
    Column("auc", "ROC AUC", 1),
    Column("average_precision", "Average precision", 1),
    Column("brier", "Brier", -1),
    Column("log_loss", "Log loss", -1),
    Column("ece", "ECE", -1),
    Column("calibration_slope", "Slope", 0, 2),
    Column("precision_10", "Precision, top 10%", 1, 2),
    Column("recall_20", "Recall, top 20%", 1, 2),
    Column("arr_recall_20", "ARR found, top 20%", 1, 2),
    Column("lift_10", "Lift, top 10%", 1, 2),
)


def page(backtest: Backtest, pictures: Mapping[str, Markup]) -> str:
    """Return the page; ``pictures`` are SVG elements by name."""
    environment = Environment(
        loader=PackageLoader("radar_health_score.adapters.backtest_report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    groups = tuple(_groups(backtest))
    return environment.get_template("report.html").render(
        backtest=backtest,
        headline=headline(backtest),
        columns=COLUMNS,
        by_lead=[group for group in groups if group.segment == SEGMENTS[ALL]],
        by_segment=[group for group in groups if group.segment != SEGMENTS[ALL]],
        coverage=[_told(one, backtest) for one in backtest.coverage],
        aheads=LEAD_LABELS,
        pictures=pictures,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What was foretold that far ahead, summed over quarters, and what was lost of it."""

    inside: int
    quarters: int
    expected: float
    lost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCount:
    """How often a scorer's intervals held.

    ``quarters``: those foretold on their first day; ``by_first``: the same by that day; ``ahead``: by how far ahead.
    """

    title: str
    currency: str
    in_words: str
    quarters: tuple[Quarter, ...]
    by_first: Mapping[date, Quarter]
    ahead: Mapping[int, Ahead]


def _told(coverage: Coverage, backtest: Backtest) -> CoverageCount:
    at_once = tuple(one for one in coverage.quarters if one.ahead == 1)
    return CoverageCount(
        title=next(note.title for note in backtest.scorers if note.name == coverage.scorer),
        currency=coverage.currency,
        in_words=coverage_in_words(coverage),
        quarters=at_once,
        by_first={one.first: one for one in at_once},
        ahead={
            one.ahead: _ahead(one, [told for told in coverage.quarters if told.ahead == one.ahead])
            for one in coverage.held()
        },
    )


def _ahead(held: HeldAhead, told: Sequence[Quarter]) -> Ahead:
    return Ahead(
        inside=held.inside,
        quarters=held.quarters,
        expected=sum(one.expected for one in told),
        lost=sum(one.lost for one in told),
    )


def _groups(backtest: Backtest) -> Iterable[Group]:
    titles = {note.name: note.title for note in backtest.scorers}
    for lead in backtest.leads:
        for segment, name in SEGMENTS.items():
            rows = [row for row in backtest.rows if (row.lead_days, row.segment) == (lead, segment)]
            if rows:
                fullest = max(rows, key=lambda row: row.n)
                yield Group(
                    lead_days=lead,
                    segment=name,
                    base_rate=NOTHING if fullest.base_rate is None else f"{fullest.base_rate:.1%}",
                    n=max(row.n + row.abstained for row in rows),
                    lines=tuple(_line(row, rows, titles[row.scorer]) for row in rows),
                )


def _line(row: Row, rows: Iterable[Row], title: str) -> Line:
    return Line(
        title=title,
        n=row.n,
        abstained=row.abstained,
        figures=tuple(_figure(column, row, rows) for column in COLUMNS),
    )


def _figure(column: Column, row: Row, rows: Iterable[Row]) -> Figure:
    estimate = getattr(row, column.field)
    if estimate.value is None:
        return Figure(value=NOTHING, interval="", best=False)
    values = [one for other in rows if (one := getattr(other, column.field).value) is not None]
    best = {1: max(values), -1: min(values), 0: None}[column.better] if len(set(values)) > 1 else None
    told = estimate.low is not None and estimate.high is not None
    return Figure(
        value=f"{estimate.value:.{column.digits}f}",
        interval=f"{estimate.low:.{column.digits}f} to {estimate.high:.{column.digits}f}" if told else "",
        best=best is not None and round(estimate.value, column.digits) == round(best, column.digits),
    )
