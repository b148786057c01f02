"""What the page about growth shows: ARR over time, T2D3, how cohorts stay, and what was lost and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from radar.console.charts.metric_line import Sample, metric_line
from radar.console.charts.picture import Picture
from radar.console.charts.time_axis import NARROW, WIDE
from radar.console.texts import Names, counted, text
from radar.console.words import NOTHING, money, monies, percent
from radar_vocabulary.answers.growth import CohortAge, CohortLine, Cohorts, CurrencyGrowth, GrowthAnswer
from radar_vocabulary.answers.losses import LossGroup, LossLine
from radar_vocabulary.contracts.scalars import Money
from radar_vocabulary.language.messages import message

AGES: Final = 12
COHORTS: Final = 16
OF: Final = Names(
    {
        "logos": message("Customers"),
        "nrr": message("Revenue, with expansion"),
        "grr": message("Revenue, without expansion"),
    }
)
EVERY: Final = Names({"quarter": message("Quarters"), "month": message("Months")})
SINCE: Final = Names(
    {
        "gone": message("churned"),
        "won_back": message("won back"),
        "stayed": message("other contracts continue"),
    }
)
_SHADES: Final = 10


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """An anniversary on the way of T2D3, in words."""

    day: date
    factor: str
    target: str
    actual: str
    attained: str
    behind: bool


@dataclass(frozen=True, kw_only=True)
class Growth:
    """ARR over time in one currency, two sizes of one picture; ``why`` there are no ``years``."""

    currency: str
    base: str
    wide: Picture | None
    narrow: Picture | None
    years: tuple[YearRow, ...]
    why: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What is left of a cohort at an age; ``shade`` from 0 (nothing) to 10 (all)."""

    text: str
    shade: int
    says: str


@dataclass(frozen=True, kw_only=True)
class CohortRow:
    """A row of the triangle."""

    name: str
    logos: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, kw_only=True)
class LossRow:
    """Losses for one reason, or to one competitor."""

    label: str
    losses: int
    won_back: int
    arr: str


@dataclass(frozen=True, kw_only=True)
class LostContractRow:
    """A contract that was lost."""

    account_id: str
    name: str
    lost_on: date
    arr: str
    why: str
    since: str


def growth(answer: GrowthAnswer) -> tuple[Growth, ...]:
    """Return the growth in each currency."""
    return tuple(_growth(one) for one in answer.items)


def cohort_rows(answer: Cohorts, of: str) -> tuple[CohortRow, ...]:
    """Return the youngest cohorts, the oldest first; ``of`` says what is kept: logos, nrr or grr."""
    shown = answer.items[-COHORTS:]
    ages = range(min(AGES, max((one.ages[-1].age for one in shown if one.ages), default=0)) + 1)
    return tuple(_cohort(one, of, ages) for one in shown)


def loss_rows(groups: Iterable[LossGroup]) -> tuple[LossRow, ...]:
    """Return the table by reason or competitor."""
    return tuple(
        LossRow(
            label=one.label or text("not stated"),
            losses=one.losses,
            won_back=one.won_back,
            arr=monies(Money(amount=12 * each.amount, currency=each.currency) for each in one.mrr),
        )
        for one in groups
    )


def lost_rows(losses: Iterable[LossLine]) -> tuple[LostContractRow, ...]:
    """Return the contracts lost."""
    return tuple(
        LostContractRow(
            account_id=one.account_id,
            name=one.name or one.account_id,
            lost_on=one.lost_on,
            arr=money(one.arr),
            why=_why(one),
            since=SINCE.get(one.since, one.since),
        )
        for one in losses
    )


def _why(one: LossLine) -> str:
    to_whom = one.competitor and text("to {competitor}", competitor=one.competitor)
    return " · ".join(part for part in (one.reason, to_whom) if part) or NOTHING


def _growth(one: CurrencyGrowth) -> Growth:
    samples = [Sample(day=point.day, value=point.arr, points=None) for point in one.monthly]
    return Growth(
        currency=one.currency,
        base=money(Money(amount=one.base, currency=one.currency)),
        wide=metric_line(samples, unit="money per year", size=WIDE) if samples else None,
        narrow=metric_line(samples, unit="money per year", size=NARROW) if samples else None,
        years=tuple(
            YearRow(
                day=year.day,
                factor=f"× {year.factor}",
                target=money(Money(amount=year.target, currency=one.currency)),
                actual=NOTHING
                if year.actual is None
                else money(Money(amount=year.actual, currency=one.currency)),
                attained=percent(year.attained),
                behind=year.attained is not None and year.attained < 1,
            )
            for year in one.years
        ),
        why="; ".join(dict.fromkeys(one.missing.values())),
    )


def _cohort(one: CohortLine, of: str, ages: range) -> CohortRow:
    found = {age.age: age for age in one.ages}
    return CohortRow(
        name=one.cohort,
        logos=one.logos,
        cells=tuple(_cell(found[age], one, of) if age in found else None for age in ages),
    )


def _cell(age: CohortAge, cohort: CohortLine, of: str) -> Cell:
    main = age.money[0] if age.money else None
    share: float | None = age.retention
    if of != "logos":
        share = None if main is None else main.nrr if of == "nrr" else main.grr
    said = counted(
        "{stayed} of {count} customer retained",
        "{stayed} of {count} customers retained",
        cohort.logos,
        stayed=age.logos,
    )
    if main:
        said = text(
            "{customers}, {amount} {currency} a month",
            customers=said,
            amount=f"{main.mrr:,.0f}",
            currency=main.currency,
        )
    return Cell(
        text=percent(share),
        shade=0 if share is None else max(0, min(_SHADES, round(_SHADES * share))),
        says=said,
    )
