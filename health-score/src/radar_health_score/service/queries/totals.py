"""Sums over grouped counts, and scores thinned out to one a week."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from radar_health_score.repositories.list_records import HealthCount
from radar_vocabulary.answers.accounts import BandTotal, PortfolioTotals, StandingTotal
from radar_vocabulary.contracts.scalars import Band, Money, Standing

_BANDS: Final[tuple[Band, ...]] = ("at_risk", "watch", "healthy", "unknown")
_STANDINGS: Final[tuple[Standing, ...]] = ("customer", "prospect", "former")
CURRENT: Final[frozenset[Standing]] = frozenset({"customer", "prospect"})


def portfolio_totals(
    counts: Sequence[HealthCount], asked: Collection[Standing] = frozenset()
) -> PortfolioTotals:
    """Return the sums, and by band, over accounts of the standings asked for; by default over current ones.

    ``counts`` are of all standings: how many accounts each has is told whatever was asked for.
    """
    summed = [one for one in counts if one.standing in (asked or CURRENT)]
    return PortfolioTotals(
        accounts=sum(one.accounts for one in summed),
        arr=money_sums((one.currency, one.arr) for one in summed),
        arr_at_risk=money_sums((one.currency, one.arr_at_risk) for one in summed),
        bands=[_band(band, [one for one in summed if one.band == band]) for band in _BANDS],
        standings=[_standing(standing, counts) for standing in _STANDINGS],
    )


def weekly(
    kept: Iterable[tuple[int, datetime, float | None]],
) -> dict[int, tuple[float | None, ...]]:
    """Return, by account number, the last score of each week that has one; ``kept`` is in order of time."""
    weeks: dict[int, dict[int, float | None]] = {}
    for account_no, moment, score in kept:
        weeks.setdefault(account_no, {})[(moment.toordinal() - 1) // 7] = score
    return {account_no: tuple(scores.values()) for account_no, scores in weeks.items()}


def _band(band: Band, counts: Sequence[HealthCount]) -> BandTotal:
    return BandTotal(
        band=band,
        accounts=sum(one.accounts for one in counts),
        arr_at_risk=money_sums((one.currency, one.arr_at_risk) for one in counts),
    )


def _standing(standing: Standing, counts: Sequence[HealthCount]) -> StandingTotal:
    return StandingTotal(
        standing=standing, accounts=sum(one.accounts for one in counts if one.standing == standing)
    )


def money_sums(amounts: Iterable[tuple[str | None, float]]) -> list[Money]:
    """Return one sum per currency, by its code; what has none isn't money."""
    sums: dict[str, float] = {}
    for currency, amount in amounts:
        if currency is not None:
            sums[currency] = sums.get(currency, 0.0) + amount
    return [Money(amount=amount, currency=currency) for currency, amount in sorted(sums.items())]
