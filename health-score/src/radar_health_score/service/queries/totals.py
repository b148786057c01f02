"""Sums over grouped counts, and scores thinned out to one a week."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from radar_chassis.contracts.scalars import Band, Money
from radar_health_score.service.answers import BandTotal, PortfolioTotals, RenewalTotals
from radar_health_score.service.list_ports import HealthCount

_BANDS: Final[tuple[Band, ...]] = ("at_risk", "watch", "healthy", "unknown")


def portfolio_totals(counts: Sequence[HealthCount]) -> PortfolioTotals:
    """Return the sums over all counts, and by band."""
    return PortfolioTotals(
        accounts=sum(one.accounts for one in counts),
        arr=_money((one.currency, one.arr) for one in counts),
        arr_at_risk=_money((one.currency, one.arr_at_risk) for one in counts),
        bands=[_band(band, [one for one in counts if one.band == band]) for band in _BANDS],
    )


def renewal_totals(counts: Sequence[HealthCount]) -> RenewalTotals:
    """Return the sums over counts of renewals."""
    return RenewalTotals(
        contracts=sum(one.accounts for one in counts),
        arr=_money((one.currency, one.arr) for one in counts),
        arr_at_risk=_money((one.currency, one.arr_at_risk) for one in counts),
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
        arr_at_risk=_money((one.currency, one.arr_at_risk) for one in counts),
    )


def _money(amounts: Iterable[tuple[str | None, float]]) -> list[Money]:
    sums: dict[str, float] = {}
    for currency, amount in amounts:
        if currency is not None:
            sums[currency] = sums.get(currency, 0.0) + amount
    return [Money(amount=amount, currency=currency) for currency, amount in sorted(sums.items())]
