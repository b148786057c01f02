"""What the portfolio page shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from radar.console.charts.sparkline import Sparkline, sparkline
from radar.console.charts.stacked import stacked_parts
from radar.console.words import BANDS, NOTHING, SEGMENTS
from radar_vocabulary.answers.accounts import AccountLine, PortfolioTotals
from radar_vocabulary.answers.renewals import RenewalTotals
from radar_vocabulary.contracts.scalars import Band, Money, Standing
from radar_vocabulary.language.messages import message

SORTS: Final = {
    "account": ("name", "-name"),
    "health": ("score", "-score"),
    "renewal": ("renews_on", "-renews_on"),
    "arr": ("-arr", "arr"),
    "risk": ("-arr_at_risk", "arr_at_risk"),
}
FIRST_SORT: Final = "-arr_at_risk"
CHOICES: Final[dict[str, tuple[str, tuple[Standing, ...]]]] = {
    "": (message("Customers and prospects").text, ("customer", "prospect")),
    "customer": (message("Customers").text, ("customer",)),
    "prospect": (message("Prospects").text, ("prospect",)),
    "former": (message("Former customers").text, ("former",)),
    "all": (message("All").text, ("customer", "prospect", "former")),
}
_SHOWN_BANDS: Final[tuple[Band, ...]] = ("at_risk", "watch", "healthy", "unknown")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the address asks for. Unknown standings, segments, bands and sorts are dropped."""

    q: str = ""
    standing: str = ""
    segment: str = ""
    owner: str = ""
    band: str = ""
    sort: str = FIRST_SORT
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        """Return the filters of an address."""
        asked = {field.name: query.get(field.name, "").strip()[:200] for field in fields(cls)}
        known = {sort for pair in SORTS.values() for sort in pair}
        return cls(
            **{
                **asked,
                "standing": asked["standing"] if asked["standing"] in CHOICES else "",
                "segment": asked["segment"] if asked["segment"] in SEGMENTS else "",
                "band": asked["band"] if asked["band"] in BANDS else "",
                "sort": asked["sort"] if asked["sort"] in known else FIRST_SORT,
            }
        )

    def but(self, **changed: str) -> dict[str, str]:
        """Return the query of an address with something changed; it begins at the first page."""
        new = replace(self, cursor="", **changed) if "cursor" not in changed else replace(self, **changed)
        query = {field.name: getattr(new, field.name) for field in fields(new)}
        return {
            name: value for name, value in query.items() if value and (name, value) != ("sort", FIRST_SORT)
        }

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.q or self.standing or self.segment or self.owner or self.band)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Return the standings that the choice stands for; without one, those of who may still renew."""
        return CHOICES[self.standing][1]

    def next_sort(self, column: str) -> str:
        """Return the sort that a click on a column's heading asks for."""
        first, second = SORTS[column]
        return second if self.sort == first else first

    def direction(self, column: str) -> str:
        """Return aria-sort's word for a column."""
        if self.sort not in SORTS[column]:
            return "none"
        return "descending" if self.sort.startswith("-") else "ascending"


@dataclass(frozen=True, kw_only=True)
class BandShare:
    """A band's part of the portfolio. ``x`` and ``width`` are its place on the bar."""

    band: Band
    accounts: int
    arr_at_risk: Sequence[Money]
    x: float
    width: float


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The sums above the table; ``at_risk_share`` only where there is a single currency.

    ``former``: how many former customers the other filters let through, whether they are shown or not.
    """

    accounts: int
    former: int
    arr: Sequence[Money]
    arr_at_risk: Sequence[Money]
    at_risk_share: float | None
    renewals: int
    renewals_arr: Sequence[Money]
    bands: tuple[BandShare, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value to choose, and what it is called."""

    value: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """An account in the table; ``unscorable`` says why it can't be scored, where it can't."""

    account_id: str
    name: str
    standing: Standing
    segment: str | None
    owner: str
    score: float | None
    band: Band
    trend: Sparkline | None
    renews_on: date | None
    days: int | None
    arr: Money | None
    arr_at_risk: Money | None
    reason: str | None
    reason_points: float
    unscorable: str | None


def overview(totals: PortfolioTotals, renewals: RenewalTotals) -> Overview:
    """Return the sums over all pages."""
    found = {total.band: total for total in totals.bands}
    counts = [found[band].accounts if band in found else 0 for band in _SHOWN_BANDS]
    shares = tuple(
        BandShare(
            band=band,
            accounts=count,
            arr_at_risk=found[band].arr_at_risk if band in found else (),
            x=x,
            width=width,
        )
        for band, count, (x, width) in zip(_SHOWN_BANDS, counts, stacked_parts(counts), strict=True)
    )
    single = len(totals.arr) == 1 and len(totals.arr_at_risk) == 1 and totals.arr[0].amount > 0
    return Overview(
        accounts=totals.accounts,
        former=sum(one.accounts for one in totals.standings if one.standing == "former"),
        arr=totals.arr,
        arr_at_risk=totals.arr_at_risk,
        at_risk_share=totals.arr_at_risk[0].amount / totals.arr[0].amount if single else None,
        renewals=renewals.contracts,
        renewals_arr=renewals.arr,
        bands=shares,
    )


def portfolio_rows(accounts: Iterable[AccountLine], today: date) -> tuple[Row, ...]:
    """Return the table's rows."""
    return tuple(_row(account, today) for account in accounts)


def owners(accounts: Iterable[AccountLine]) -> tuple[Choice, ...]:
    """Return the owners on this page, to choose from when filtering."""
    known = {one.owner.email or one.owner.name or "": one.owner.name or "" for one in accounts if one.owner}
    return tuple(Choice(value=value, text=text) for value, text in sorted(known.items()) if value)


def _row(account: AccountLine, today: date) -> Row:
    owner = account.owner
    return Row(
        account_id=account.account_id,
        name=account.name or account.account_id,
        standing=account.standing,
        segment=account.segment,
        owner=(owner.name or owner.email or NOTHING) if owner else NOTHING,
        score=account.score,
        band=account.band,
        trend=sparkline(account.trend),
        renews_on=account.renews_on,
        days=(account.renews_on - today).days if account.renews_on else None,
        arr=account.arr,
        arr_at_risk=account.arr_at_risk,
        reason=account.top_driver.text if account.top_driver else None,
        reason_points=account.top_driver.points if account.top_driver else 0.0,
        unscorable=account.unscorable.text if account.unscorable else None,
    )
