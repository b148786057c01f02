"""What the economics page shows: the total in tiles, how MRR moved, and tables by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from radar.console.charts.diverging import Bar, diverging_bars
from radar.console.texts import Names, counted, text
from radar.console.words import NOTHING, SEGMENTS, money, number, percent
from radar_vocabulary.answers.portfolio import GroupEconomics, MoneyEconomics
from radar_vocabulary.contracts.scalars import Money
from radar_vocabulary.language.messages import message

WINDOWS: Final = Names(
    {
        "3": message("3 months"),
        "6": message("6 months"),
        "12": message("12 months"),
        "24": message("24 months"),
    }
)
USUAL_WINDOW: Final = "12"
GROUPINGS: Final = Names(
    {
        "segment": message("By segment"),
        "industry": message("By industry"),
        "region": message("By region"),
    }
)


@dataclass(frozen=True, kw_only=True)
class EconomicsQuery:
    """What the address asks for: a day (None: now) and the window's months."""

    day: date | None
    months: str

    @classmethod
    def read(cls, query: Mapping[str, str], today: date) -> "EconomicsQuery":
        """Return what is asked; a day that isn't in the past means now, an unknown window the usual one."""
        try:
            day = date.fromisoformat(query.get("as_of", ""))
        except ValueError:
            day = today
        months = query.get("months", USUAL_WINDOW)
        past = day < today and day.year > 1900
        return cls(day=day if past else None, months=months if months in WINDOWS else USUAL_WINDOW)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure with its name: ``text`` in words, ``note`` what it is of, or why there is none."""

    name: str
    text: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Move:
    """A step from the MRR at the beginning to that at the end."""

    name: str
    amount: float
    bar: Bar


@dataclass(frozen=True, kw_only=True)
class Bridge:
    """How MRR moved in one currency; ``unexplained`` is of accounts whose ends can't be compared."""

    currency: str
    base: float
    moves: tuple[Move, ...]
    unexplained: float
    mrr: float


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """A group's line in one currency; the counts stand in its first line only."""

    name: str
    first: bool
    customers: str
    arr: str
    nrr: str
    grr: str
    renewal_rate: str
    logo_churn: str
    arpa: str
    ltv: str
    why: str


def figures(total: GroupEconomics) -> tuple[Figure, ...]:
    """Return the total's figures: those of accounts, then those of money in the largest currency."""
    main = total.money[0] if total.money else None
    renewals = total.renewals
    ended = text("{renewed} renewed, {churned} churned", renewed=renewals.renewed, churned=renewals.churned)
    return (
        Figure(
            name="ARR",
            text=_sum(main.arr, main) if main else NOTHING,
            note=f"MRR {_sum(main.mrr, main)}" if main else total.missing.get("mrr", ""),
        ),
        _share(
            text("Net revenue retention"),
            main.nrr if main else None,
            text("of the starting MRR, with expansion"),
            _why(main, "nrr"),
        ),
        _share(
            text("Gross revenue retention"),
            main.grr if main else None,
            text("without expansion"),
            _why(main, "grr"),
        ),
        _share(text("Renewal rate"), total.renewal_rate, ended, total.missing.get("renewal_rate", "")),
        _share(
            text("Logo churn"),
            total.logo_churn,
            counted(
                "{lost} of {count} customer churned",
                "{lost} of {count} customers churned",
                total.customers_before,
                lost=number(total.customers_lost),
            ),
            total.missing.get("logo_churn", ""),
        ),
        _share(
            text("Revenue churn"),
            main.revenue_churn if main else None,
            text("lost or contracted"),
            _why(main, "revenue_churn"),
        ),
        Figure(
            name="ARPA",
            text=_amount(main, main.arpa) if main else NOTHING,
            note=counted(
                "per month, mean of {count} paying account",
                "per month, mean of {count} paying accounts",
                main.paying_accounts,
            )
            if main
            else "",
        ),
        _lifetime_value(total, main),
    )


def bridges(total: GroupEconomics) -> tuple[Bridge, ...]:
    """Return how MRR moved, for each currency."""
    return tuple(_bridge(one) for one in total.money)


def group_rows(groups: Sequence[GroupEconomics]) -> tuple[GroupRow, ...]:
    """Return a line for each group and currency."""
    return tuple(
        _row(group, one, first=at == 0) for group in groups for at, one in enumerate(group.money or (None,))
    )


def _bridge(one: MoneyEconomics) -> Bridge:
    moved = one.movement
    steps = {
        text("New customers"): moved.new,
        text("Won back"): moved.won_back,
        text("Expansion"): moved.expansion,
        text("Contraction"): -moved.contraction,
        text("Churned"): -moved.churned,
    }
    bars = diverging_bars(list(steps.values()))
    unexplained = one.mrr - moved.base - sum(steps.values())
    return Bridge(
        currency=one.currency,
        base=moved.base,
        moves=tuple(
            Move(name=name, amount=amount, bar=bar)
            for (name, amount), bar in zip(steps.items(), bars, strict=True)
        ),
        unexplained=unexplained if abs(unexplained) >= 0.5 else 0.0,
        mrr=one.mrr,
    )


def _row(group: GroupEconomics, one: MoneyEconomics | None, *, first: bool) -> GroupRow:
    name = SEGMENTS.get(group.group or "", group.group or text("Unknown"))
    reasons = {**group.missing, **(one.missing if one else {})}
    reasons.pop("ltv_to_cac", None)
    return GroupRow(
        name=name,
        first=first,
        customers=number(group.customers),
        arr=_sum(one.arr, one) if one else NOTHING,
        nrr=percent(one.nrr if one else None),
        grr=percent(one.grr if one else None),
        renewal_rate=percent(group.renewal_rate),
        logo_churn=percent(group.logo_churn),
        arpa=_amount(one, one.arpa) if one else NOTHING,
        ltv=_amount(one, one.ltv) if one else NOTHING,
        why="; ".join(dict.fromkeys(reasons.values())),
    )


def _lifetime_value(total: GroupEconomics, main: MoneyEconomics | None) -> Figure:
    if main is None or main.ltv is None:
        return Figure(name="LTV", text=NOTHING, note=_why(main, "ltv"))
    note = counted("ARPA × {count} month", "ARPA × {count} months", total.lifetime_months or 0)
    if main.ltv_to_cac is not None:
        note += text(", ") + f"{number(main.ltv_to_cac, 1)} × CAC"
    return Figure(name="LTV", text=_amount(main, main.ltv), note=note)


def _share(name: str, value: float | None, note: str, why: str) -> Figure:
    return Figure(name=name, text=percent(value), note=note if value is not None else why)


def _why(main: MoneyEconomics | None, name: str) -> str:
    return main.missing.get(name, "") if main else ""


def _sum(amount: float, of: MoneyEconomics) -> str:
    return money(Money(amount=amount, currency=of.currency))


def _amount(of: MoneyEconomics, amount: float | None) -> str:
    return NOTHING if amount is None else _sum(amount, of)
