"""What the page about backtests shows: a table in plain words, who is found, and whether numbers hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from radar.console.page_language import page_language
from radar.console.texts import counted, text
from radar.console.views.interval_coverage import CoverageTable, coverage_tables
from radar.console.words import NOTHING, SEGMENTS, number, percent
from radar_vocabulary.answers.backtests import BacktestAnswer, BacktestLine, Row, ScorerNote
from radar_vocabulary.answers.estimates import Estimate
from radar_vocabulary.pictures.backtests import lift, reliability

ALL: Final = "all"


@dataclass(frozen=True, kw_only=True)
class EstimateText:
    """A figure in words; ``span`` is its 95% interval."""

    text: str
    span: str = ""


@dataclass(frozen=True, kw_only=True)
class ScorerRow:
    """A scorer in the table."""

    title: str
    contracts: str
    abstained: str
    order: EstimateText
    found: EstimateText
    arr_found: EstimateText
    precision: EstimateText
    off: EstimateText
    brier: EstimateText


@dataclass(frozen=True, kw_only=True)
class SegmentRows:
    """The rows of one segment; ``note`` says how many contracts it had."""

    name: str
    note: str
    rows: tuple[ScorerRow, ...]


@dataclass(frozen=True, kw_only=True)
class BacktestPage:
    """The page; ``lift`` and ``reliability`` are pictures, empty where nothing can be drawn."""

    lead: int
    leads: tuple[int, ...]
    groups: tuple[SegmentRows, ...]
    lift: Markup
    reliability: Markup
    held: tuple[CoverageTable, ...]
    abstentions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """An earlier backtest in a list."""

    backtest: BacktestLine
    found: str


def backtest_page(backtest: BacktestAnswer, lead: str) -> BacktestPage:
    """Return the page at the lead asked for, or the shortest one."""
    chosen = int(lead) if lead.isdecimal() and int(lead) in backtest.leads else min(backtest.leads)
    scorers = {one.name: one for one in backtest.scorers}
    drawn = (backtest.scorers, backtest.curves, (chosen,), page_language())
    return BacktestPage(
        lead=chosen,
        leads=backtest.leads,
        groups=tuple(_groups(backtest, chosen, scorers)),
        lift=lift(*drawn),
        reliability=reliability(*drawn),
        held=coverage_tables(backtest.coverage, backtest.scorers),
        abstentions=tuple(
            text("{scorer}: {reason}.", scorer=one.title, reason=one.abstains)
            for one in backtest.scorers
            if one.abstains
        ),
    )


def run_rows(backtests: Iterable[BacktestLine]) -> tuple[RunRow, ...]:
    """Return the list of backtests."""
    return tuple(RunRow(backtest=one, found=one.headline[-1] if one.headline else "") for one in backtests)


def _groups(backtest: BacktestAnswer, lead: int, scorers: Mapping[str, ScorerNote]) -> Iterator[SegmentRows]:
    for segment in (ALL, *SEGMENTS):
        rows = [row for row in backtest.rows if (row.lead_days, row.segment) == (lead, segment)]
        if rows:
            fullest = max(rows, key=lambda row: row.n)
            yield SegmentRows(
                name=text("All segments") if segment == ALL else SEGMENTS[segment],
                note=_how_many(max(row.n + row.abstained for row in rows), fullest.base_rate),
                rows=tuple(_row(row, scorers[row.scorer]) for row in rows if row.n),
            )


def _how_many(contracts: int, base_rate: float | None) -> str:
    if base_rate is None:
        return counted("{count} contract", "{count} contracts", contracts)
    return counted(
        "{count} contract, {share} churned",
        "{count} contracts, {share} churned",
        contracts,
        share=percent(base_rate),
    )


def _row(row: Row, scorer: ScorerNote) -> ScorerRow:
    return ScorerRow(
        title=scorer.title,
        contracts=number(row.n),
        abstained=counted("{count} without a prediction", "{count} without a prediction", row.abstained)
        if row.abstained
        else "",
        order=_share(row.auc),
        found=_share(row.recall_20),
        arr_found=_share(row.arr_recall_20),
        precision=_share(row.precision_10),
        off=_share(row.ece),
        brier=_figure(row.brier),
    )


def _share(estimate: Estimate) -> EstimateText:
    if estimate.value is None:
        return EstimateText(text=NOTHING)
    if estimate.low is None or estimate.high is None:
        return EstimateText(text=percent(estimate.value))
    return EstimateText(
        text=percent(estimate.value),
        span=text("{low} to {high}", low=percent(estimate.low), high=percent(estimate.high)),
    )


def _figure(estimate: Estimate) -> EstimateText:
    if estimate.value is None:
        return EstimateText(text=NOTHING)
    if estimate.low is None or estimate.high is None:
        return EstimateText(text=f"{estimate.value:.3f}")
    span = text("{low} to {high}", low=f"{estimate.low:.3f}", high=f"{estimate.high:.3f}")
    return EstimateText(text=f"{estimate.value:.3f}", span=span)
