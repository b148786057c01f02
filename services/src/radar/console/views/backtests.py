"""What the page about backtests shows: a table in plain words, who is found, and whether numbers hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final

from radar.console.backtest_answers import (
    BacktestAnswer,
    BacktestLineAnswer,
    BacktestRowAnswer,
    BinAnswer,
    CurvesAnswer,
    EstimateAnswer,
    ScorerAnswer,
)
from radar.console.charts.shares import Series, Shares, line, shares
from radar.console.texts import counted, text
from radar.console.views.held_quarters import HeldTable, held_tables
from radar.console.words import NOTHING, SEGMENTS, number, percent

ALL: Final = "all"
KINDS: Final = ("model", "scorecard", "rfm", "days_since_last_use")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A figure in words; ``span`` is its 95% interval."""

    text: str
    span: str = ""


@dataclass(frozen=True, kw_only=True)
class ScorerRow:
    """A scorer in the table."""

    kind: str
    title: str
    contracts: str
    abstained: str
    order: Told
    found: Told
    arr_found: Told
    precision: Told
    off: Told
    brier: Told


@dataclass(frozen=True, kw_only=True)
class SegmentRows:
    """The rows of one segment; ``note`` says how many contracts it had."""

    name: str
    note: str
    rows: tuple[ScorerRow, ...]


@dataclass(frozen=True, kw_only=True)
class BacktestPage:
    """The page."""

    lead: int
    leads: tuple[int, ...]
    groups: tuple[SegmentRows, ...]
    lift: Shares | None
    reliability: Shares | None
    held: tuple[HeldTable, ...]
    abstentions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """An earlier backtest in a list."""

    backtest: BacktestLineAnswer
    found: str


def backtest_page(backtest: BacktestAnswer, lead: str) -> BacktestPage:
    """Return the page at the lead asked for, or the shortest one."""
    chosen = int(lead) if lead.isdecimal() and int(lead) in backtest.leads else min(backtest.leads)
    scorers = {one.name: one for one in backtest.scorers}
    curves = {one.scorer: one for one in backtest.curves if one.lead_days == chosen}
    drawn = [(one, curves[one.name]) for one in _in_order(backtest.scorers) if one.name in curves]
    return BacktestPage(
        lead=chosen,
        leads=backtest.leads,
        groups=tuple(_groups(backtest, chosen, scorers)),
        lift=_lift(drawn),
        reliability=_reliability(drawn),
        held=held_tables(backtest.coverage, backtest.scorers),
        abstentions=tuple(
            text("{scorer}: {reason}.", scorer=one.title, reason=one.abstains)
            for one in backtest.scorers
            if one.abstains
        ),
    )


def run_rows(backtests: Iterable[BacktestLineAnswer]) -> tuple[RunRow, ...]:
    """Return the list of backtests."""
    return tuple(RunRow(backtest=one, found=one.headline[-1] if one.headline else "") for one in backtests)


def _groups(
    backtest: BacktestAnswer, lead: int, scorers: Mapping[str, ScorerAnswer]
) -> Iterator[SegmentRows]:
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


def _row(row: BacktestRowAnswer, scorer: ScorerAnswer) -> ScorerRow:
    return ScorerRow(
        kind=_kind(row.scorer),
        title=scorer.title,
        contracts=number(row.n),
        abstained=counted("{count} without an answer", "{count} without an answer", row.abstained)
        if row.abstained
        else "",
        order=_share(row.auc),
        found=_share(row.recall_20),
        arr_found=_share(row.arr_recall_20),
        precision=_share(row.precision_10),
        off=_share(row.ece),
        brier=_figure(row.brier),
    )


def _lift(drawn: Iterable[tuple[ScorerAnswer, CurvesAnswer]]) -> Shares | None:
    series = [
        line(
            _kind(one.name),
            one.title,
            [(at / (len(told.found) - 1), share) for at, share in enumerate(told.found)],
        )
        for one, told in drawn
        if len(told.found) > 1
    ]
    if not series:
        return None
    return shares(
        series,
        across=text("Contracts looked at, riskiest first"),
        up=text("Churned contracts found"),
        summary=text("Share of churned contracts found when contracts are looked at from the riskiest on."),
    )


def _reliability(drawn: Iterable[tuple[ScorerAnswer, CurvesAnswer]]) -> Shares | None:
    series = [_dotted(one, told) for one, told in drawn if told.reliability]
    if not series:
        return None
    return shares(
        series,
        across=text("Churn foretold"),
        up=text("Churn that happened"),
        summary=text(
            "Share that churned among contracts that were foretold alike; on the diagonal as many as was said."
        ),
    )


def _dotted(scorer: ScorerAnswer, told: CurvesAnswer) -> Series:
    most = max(one.n for one in told.reliability)

    def says(one: BinAnswer) -> str:
        return counted(
            "{scorer}: {count} contract, {foretold} foretold, {churned} churned",
            "{scorer}: {count} contracts, {foretold} foretold, {churned} churned",
            one.n,
            scorer=scorer.title,
            foretold=percent(one.said),
            churned=percent(one.churned),
        )

    dots = [(round(2.5 + 6 * sqrt(one.n / most), 1), says(one)) for one in told.reliability]
    return line(_kind(scorer.name), scorer.title, [(one.said, one.churned) for one in told.reliability], dots)


def _in_order(scorers: Iterable[ScorerAnswer]) -> list[ScorerAnswer]:
    """Return the scorers, those that matter most last: they are drawn over the others."""
    return sorted(scorers, key=lambda one: (one.gives_probability, one.name == "model"))


def _kind(scorer: str) -> str:
    return scorer if scorer in KINDS else "other"


def _share(estimate: EstimateAnswer) -> Told:
    if estimate.value is None:
        return Told(text=NOTHING)
    if estimate.low is None or estimate.high is None:
        return Told(text=percent(estimate.value))
    return Told(
        text=percent(estimate.value),
        span=text("{low} to {high}", low=percent(estimate.low), high=percent(estimate.high)),
    )


def _figure(estimate: EstimateAnswer) -> Told:
    if estimate.value is None:
        return Told(text=NOTHING)
    if estimate.low is None or estimate.high is None:
        return Told(text=f"{estimate.value:.3f}")
    span = text("{low} to {high}", low=f"{estimate.low:.3f}", high=f"{estimate.high:.3f}")
    return Told(text=f"{estimate.value:.3f}", span=span)
