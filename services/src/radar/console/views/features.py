"""What the pages about features show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from radar.console.texts import text
from radar.console.words import NOTHING, ago, monies, number, percent, signed
from radar_vocabulary.answers.features import FeatureTotals, TouchedAccount
from radar_vocabulary.contracts.scalars import Band

Direction = Literal["up", "down", "flat"]


@dataclass(frozen=True, kw_only=True)
class FeatureRow:
    """A feature in the table, in words; ``why`` gives the reasons of what is missing."""

    name: str
    key: bool
    accounts: str
    adoption: str
    users: str
    uses: str
    per_account: str
    trend: str
    direction: Direction
    arr: str
    last_used: str
    why: str


@dataclass(frozen=True, kw_only=True)
class TouchedRow:
    """An account that retiring the feature would touch."""

    account_id: str
    name: str
    owner: str
    users: str
    uses: str
    last_used: str
    arr: str
    renews_on: date | None
    days: int | None
    score: float | None
    band: Band


def feature_rows(features: Iterable[FeatureTotals], today: date, zone: ZoneInfo) -> tuple[FeatureRow, ...]:
    """Return the table's rows."""
    return tuple(feature_row(one, today, zone) for one in features)


def feature_row(one: FeatureTotals, today: date, zone: ZoneInfo) -> FeatureRow:
    """Return a feature in words."""
    trend = one.trend
    return FeatureRow(
        name=one.feature,
        key=one.key,
        accounts=number(one.accounts_28d),
        adoption=percent(one.adoption),
        users=number(one.users_28d),
        uses=number(one.uses_28d),
        per_account=NOTHING if one.uses_per_account is None else number(one.uses_per_account, 1),
        trend=NOTHING if trend is None else f"{signed(trend * 100, 0)}%",
        direction="flat" if trend is None or abs(trend) < 0.05 else "up" if trend > 0 else "down",
        arr=monies(one.arr),
        last_used=_last(one.last_used_at, today, zone) if one.last_used_at else text("over 56 days ago"),
        why="; ".join(dict.fromkeys(one.missing.values())),
    )


def touched_rows(accounts: Iterable[TouchedAccount], today: date, zone: ZoneInfo) -> tuple[TouchedRow, ...]:
    """Return the rows of the accounts that use a feature."""
    return tuple(
        TouchedRow(
            account_id=one.account_id,
            name=one.name or one.account_id,
            owner=one.owner or NOTHING,
            users=number(one.users_28d),
            uses=number(one.uses_28d),
            last_used=_last(one.last_used_at, today, zone),
            arr=monies(one.arr),
            renews_on=one.renews_on,
            days=(one.renews_on - today).days if one.renews_on else None,
            score=one.score,
            band=one.band,
        )
        for one in accounts
    )


def _last(moment: datetime, today: date, zone: ZoneInfo) -> str:
    return ago(moment.astimezone(zone).date(), today)
