"""What the coming quarters will bring: losses, GRR and NRR from the renewal probability of every contract.

Renewals are drawn from a Poisson-binomial distribution with one common factor (Vasicek, "Probability of Loss on Loan
Portfolio", 1987): how good times are moves all contracts alike, so that the interval of a large portfolio doesn't
shrink to nothing. Expected losses are exact sums and don't depend on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import fsum
from typing import Final, Literal

import numpy as np

from radar_health_score.domain.forecast.renewal_draws import Bet, Drawn, Floats, draw
from radar_health_score.domain.metrics.reading import Missing
from radar_vocabulary.language.messages import message

FEWEST_RENEWALS: Final = 20
NO_BASE: Final = Missing("no ARR is in force")
NOTHING_LEFT: Final = Missing("none of today's ARR is expected to remain at the start of the quarter")
FEW_RENEWALS: Final = Missing.told(
    message("the amount is known for fewer than {count} renewals, too few to estimate expansion"),
    count=FEWEST_RENEWALS,
)

_UNTOLD: Final = message("{share} of the ARR due has no renewal probability")
_OFTEN_ENOUGH: Final = 0.5
Source = Literal["model", "scorecard", "told", "none"]
SOURCES: Final[tuple[Source, ...]] = ("model", "scorecard", "told", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueContract:
    """An open contract: ``arr`` is lost unless it renews on ``renews_on``, which has the ``probability``, 0 to 1.

    ``term_days``: how long a term is, so that short ones renew several times; None: once. ``later``: the probability
    of each renewal after the first, once that has come about; None: the same. ``source`` told them; None: nobody
    noted who.
    """

    renews_on: date
    arr: float
    probability: float | None
    term_days: int | None = None
    later: float | None = None
    source: Source | None = "none"

    def times_by(self, day: date) -> int:
        """Return how often it has come up by the end of ``day``, if it renews each time."""
        passed = (day - self.renews_on).days
        return 0 if passed < 0 else 1 + passed // self.term_days if self.term_days else 1

    def comes_up(self, first: date, last: date) -> bool:
        """Return whether it comes up from ``first`` to ``last``."""
        return self.times_by(last) > self.times_by(first - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What the forecast takes for granted.

    Attributes:
        correlation: of any two contracts' later outcomes (of the normal variables behind them), 0 to below 1.
        level: the share of all draws that an interval holds.
        most_unknown: share of a quarter's due ARR that may lack a probability; it is taken for average.
        seed: the same one gives the same intervals.
    """

    correlation: float = 0.05
    level: float = 0.8
    most_unknown: float = 0.1
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An expected value, and the interval around it."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How many due contracts have their probability from a source, and the ARR behind them."""

    source: Source
    contracts: int
    arr: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterForecast:
    """One quarter, in one currency.

    Attributes:
        contracts, due_arr: renewals due in it, as things stand now, and the ARR behind them.
        sources: the same by who told the probability, but for those of which nobody noted who did.
        arr_at_risk: the ARR that will be lost to contracts that don't renew.
        grr: 1 - (lost + contracted) / ARR at its beginning; contraction as in past renewals, where these are known.
        nrr: grr with expansion, as in past renewals.
    """

    first: date
    last: date
    contracts: int
    due_arr: float
    sources: tuple[Part, ...]
    arr_at_risk: Estimate | Missing
    grr: Estimate | Missing
    nrr: Estimate | Missing


def forecast_quarters(
    contracts: Sequence[DueContract],
    quarters: Sequence[tuple[date, date]],
    *,
    base: float | None = None,
    renewed_at: Sequence[float] = (),
    assumptions: Assumptions | None = None,
) -> tuple[QuarterForecast, ...]:
    """Return a forecast for each of ``quarters`` (first and last day; they follow one another).

    Contracts that are overdue count as due in the first one. All amounts are in one currency. ``base`` is the ARR in
    force now, by default that of ``contracts``: more, where some of it has no renewal date. ``renewed_at`` are, of
    past renewals, the new MRR over the old one (1: unchanged).
    """
    given = assumptions or Assumptions()
    known, refused = _completed(contracts, quarters, given.most_unknown)
    bets = [_bet(one, quarters) for one in known]
    ratios = np.asarray(renewed_at if len(renewed_at) >= FEWEST_RENEWALS else (), float)
    drawn = draw(bets, len(quarters), ratios, correlation=given.correlation, seed=given.seed)
    standing = fsum(one.arr for one in contracts) if base is None else base
    builder = _ForecastBuilder(
        bets=bets,
        sources=[one.source for one in known],
        losses=[_expected_loss(bets, at) for at in range(len(quarters))],
        drawn=drawn,
        base=standing,
        changes_known=bool(ratios.size),
        level=given.level,
        refused=refused,
    )
    return tuple(builder.quarter(at, first, last) for at, (first, last) in enumerate(quarters))


def _completed(
    contracts: Sequence[DueContract], quarters: Sequence[tuple[date, date]], most_unknown: float
) -> tuple[list[DueContract], dict[int, Missing]]:
    """Return the contracts with a probability each, and the quarters of which too much is unknown."""
    refused: dict[int, Missing] = {}
    for at, (first, last) in enumerate(quarters):
        due = [one for one in contracts if one.renews_on <= last and (at == 0 or one.renews_on >= first)]
        total = sum(one.arr for one in due)
        unknown = sum(one.arr for one in due if one.probability is None)
        if total and unknown / total > most_unknown:
            share = f"{unknown / total:.0%}"
            refused[at] = Missing.told(_UNTOLD, share=share)
    told = [(one.arr, one.probability) for one in contracts if one.probability is not None]
    weight = sum(arr for arr, _ in told)
    mean = sum(arr * probability for arr, probability in told) / weight if weight else 0.0
    return [replace(one, probability=mean) if one.probability is None else one for one in contracts], refused


def _bet(one: DueContract, quarters: Sequence[tuple[date, date]]) -> Bet:
    """Return how often the contract comes up by the end of each quarter."""
    often = tuple(one.times_by(last) for _, last in quarters)
    return Bet(arr=one.arr, probability=one.probability or 0.0, times=often, later=one.later)


@dataclass(frozen=True, kw_only=True)
class _ForecastBuilder:
    """Makes the quarters' forecasts: ``losses`` are expected, ``refused`` those of which too much is unknown."""

    bets: Sequence[Bet]
    sources: Sequence[Source | None]
    losses: Sequence[float]
    drawn: Drawn
    base: float
    changes_known: bool
    level: float
    refused: dict[int, Missing]

    def quarter(self, at: int, first: date, last: date) -> QuarterForecast:
        """Return the forecast of the quarter that is ``at`` this place."""
        due = [
            (one.arr, source)
            for one, source in zip(self.bets, self.sources, strict=True)
            if one.times[at] > (one.times[at - 1] if at else 0)
        ]
        risk = _estimate(self.losses[at], self.drawn.lost[at], self.level)
        return QuarterForecast(
            first=first,
            last=last,
            contracts=len(due),
            due_arr=fsum(arr for arr, _ in due),
            sources=_parts(due),
            arr_at_risk=self.refused.get(at) or risk,
            grr=self._retention(at, -self.drawn.shrunk[at]),
            nrr=self._retention(at, self.drawn.changed[at])
            if self.changes_known
            else self._silent(at, FEW_RENEWALS),
        )

    def _retention(self, at: int, change: Floats) -> Estimate | Missing:
        """Return what is left at the quarter's end of what there was at its beginning."""
        lost, changed = self.drawn.lost, self.drawn.changed
        begun = self.base - fsum(self.losses[:at]) + float(changed[:at].sum(0).mean())
        begins = self.base - lost[:at].sum(0) + changed[:at].sum(0)
        some = begins > 0
        if some.mean() < _OFTEN_ENOUGH:
            return self._silent(at, NOTHING_LEFT)
        left = (begins - lost[at] + change)[some] / begins[some]
        expected = (begun - self.losses[at] + float(change.mean())) / begun
        return self._refused_by(at) or _estimate(expected, left, self.level)

    def _silent(self, at: int, reason: Missing) -> Missing:
        return NO_BASE if self.base <= 0 else self._refused_by(at) or reason

    def _refused_by(self, at: int) -> Missing | None:
        """Return why there is no forecast: a quarter begins with what those before it left."""
        return next((self.refused[before] for before in range(at + 1) if before in self.refused), None)


def _parts(due: Sequence[tuple[float, Source | None]]) -> tuple[Part, ...]:
    told = {source: [arr for arr, by in due if by == source] for source in SOURCES}
    return tuple(
        Part(source=source, contracts=len(arr), arr=fsum(arr)) for source, arr in told.items() if arr
    )


def _expected_loss(bets: Sequence[Bet], at: int) -> float:
    return fsum(
        one.arr * (one.lasting(one.times[at - 1] if at else 0) - one.lasting(one.times[at])) for one in bets
    )


def _estimate(expected: float, draws: Floats, level: float) -> Estimate:
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(expected=expected, low=float(low), high=float(high))
