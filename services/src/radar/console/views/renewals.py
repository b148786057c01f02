"""What the page about renewals shows: what comes up, and the quarters to come."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from radar.console.texts import Names, counted, page_translator, text
from radar.console.words import NOTHING, SEGMENTS, money, percent
from radar_vocabulary.answers.portfolio_forecast import (
    CurrencyForecast,
    EstimateLine,
    PortfolioForecast,
    QuarterLine,
)
from radar_vocabulary.answers.renewals import RenewalLine
from radar_vocabulary.contracts.scalars import Band, Money
from radar_vocabulary.language.messages import message

WITHIN: Final = Names(
    {"30": message("30 days"), "90": message("90 days"), "180": message("180 days"), "365": message("1 year")}
)
USUAL: Final = "90"
_RESTS_ON: Final = Names(
    {
        "model": message("All probabilities come from the trained model."),
        "scorecard": message("All probabilities come from the scorecard; no trained model is in use yet."),
    }
)
_OF_IT: Final = {
    "model": message("{share} by the model"),
    "scorecard": message("{share} by the scorecard"),
    "told": message("{share} cancelled"),
    "none": message("{share} assumed average"),
}


@dataclass(frozen=True, kw_only=True)
class Due:
    """What the address asks for."""

    within: str = USUAL
    segment: str = ""
    owner: str = ""
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Due":
        """Return what is asked; what isn't known is dropped."""
        asked = {field.name: query.get(field.name, "").strip()[:200] for field in fields(cls)}
        within = asked["within"] if asked["within"] in WITHIN else USUAL
        segment = asked["segment"] if asked["segment"] in SEGMENTS else ""
        return cls(**{**asked, "within": within, "segment": segment})

    def but(self, **changed: str) -> dict[str, str]:
        """Return the query of an address with something changed; it begins at the first page."""
        new = replace(self, **{"cursor": "", **changed})
        return {field.name: getattr(new, field.name) for field in fields(new)}


@dataclass(frozen=True, kw_only=True)
class DueRow:
    """A contract's row."""

    account_id: str
    name: str
    owner: str
    renews_on: date
    days: int
    notice: str
    notice_over: bool
    arr: str
    probability: str
    probability_source: str
    at_risk: str
    score: float | None
    band: Band
    reason: str


@dataclass(frozen=True, kw_only=True)
class QuarterRow:
    """A quarter to come, in words; ``why`` is there where something can't be told.

    ``probability_source`` says how much of its ARR each source speaks of, where the quarters rest on more than one.
    """

    name: str
    partial: bool
    contracts: int
    due: str
    at_risk: str
    at_risk_range: str
    probability_source: str
    grr: str
    grr_range: str
    nrr: str
    nrr_range: str
    why: str


def due_rows(contracts: Iterable[RenewalLine], today: date) -> tuple[DueRow, ...]:
    """Return the table's rows; where the model speaks of some, those of the scorecard are marked."""
    listed = tuple(contracts)
    mixed = any(one.renewal is not None and one.renewal.source == "model" for one in listed)
    return tuple(_due(one, today, mixed=mixed) for one in listed)


@dataclass(frozen=True, kw_only=True)
class QuarterTable:
    """The quarters to come in one currency; ``probability_source``: who speaks, where one does for all of them."""

    currency: str
    probability_source: str
    rows: tuple[QuarterRow, ...]


def quarter_tables(forecast: PortfolioForecast) -> tuple[QuarterTable, ...]:
    """Return the quarters to come by currency."""
    return tuple(_table(one) for one in forecast.items)


def _table(forecast: CurrencyForecast) -> QuarterTable:
    speak = {told.source for one in forecast.quarters for told in one.sources}
    return QuarterTable(
        currency=forecast.currency,
        probability_source=_RESTS_ON.get(speak.pop(), "") if len(speak) == 1 else "",
        rows=tuple(_quarter(one, forecast.currency, mixed=len(speak) > 1) for one in forecast.quarters),
    )


def _due(one: RenewalLine, today: date, *, mixed: bool) -> DueRow:
    by_card = mixed and one.renewal is not None and one.renewal.source == "scorecard"
    worst = min(one.drivers, key=lambda driver: driver.points, default=None)
    return DueRow(
        account_id=one.account_id,
        name=one.name or one.account_id,
        owner=(one.owner.name or one.owner.email or NOTHING) if one.owner else NOTHING,
        renews_on=one.renews_on,
        days=(one.renews_on - today).days,
        notice=_notice(one, today),
        notice_over=one.notice_by is not None and one.notice_by < today,
        arr=money(one.arr),
        probability=percent(one.probability),
        probability_source=text("by the scorecard") if by_card else "",
        at_risk=money(one.arr_at_risk),
        score=one.score,
        band=one.band,
        reason=worst.text if worst and worst.points < 0 else "",
    )


def _notice(one: RenewalLine, today: date) -> str:
    if one.notice_by is None:
        return ""
    if one.notice_by < today:
        return text("notice period over")
    if one.notice_by == today:
        return text("notice due today")
    return counted("notice in {count} day", "notice in {count} days", (one.notice_by - today).days)


def _quarter(one: QuarterLine, currency: str, *, mixed: bool) -> QuarterRow:
    return QuarterRow(
        name=one.quarter,
        partial=one.partial,
        contracts=one.contracts,
        due=_sum(one.due_arr, currency),
        at_risk=_sum(one.arr_at_risk.expected, currency) if one.arr_at_risk else NOTHING,
        at_risk_range=_between(one.arr_at_risk, lambda value: f"{value:,.0f}"),
        probability_source=_probability_source(one) if mixed else "",
        grr=percent(one.grr.expected if one.grr else None),
        grr_range=_between(one.grr, percent),
        nrr=percent(one.nrr.expected if one.nrr else None),
        nrr_range=_between(one.nrr, percent),
        why="; ".join(dict.fromkeys(one.missing.values())),
    )


def _probability_source(one: QuarterLine) -> str:
    if not one.due_arr:
        return ""
    return " · ".join(
        page_translator().say(_OF_IT[told.source], share=page_translator().percent(told.arr / one.due_arr))
        for told in one.sources
    )


def _between(estimate: EstimateLine | None, shown: Callable[[float], str]) -> str:
    return text("{low} to {high}", low=shown(estimate.low), high=shown(estimate.high)) if estimate else ""


def _sum(amount: float, currency: str) -> str:
    return money(Money(amount=amount, currency=currency))
