"""Two scorecards side by side, over the same accounts and moments: who changes band, by how much scores differ, why."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from radar_health_score.domain.scoring.replay import ReplayPoint, Verdict
from radar_vocabulary.contracts.scalars import Band

PERCENTILES: Final = (5, 25, 50, 75, 95)
DRIVERS: Final = 3
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class BandMove:
    """How many accounts are in one band under the first scorecard and in another under the second."""

    before: Band
    after: Band
    accounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverDifference:
    """One metric's points under both scorecards; 0 where one doesn't look at it, or the value is missing."""

    metric: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """An account whose score differs, and the metrics that make most of the difference."""

    account_id: str
    before: float | None
    after: float | None
    band_before: Band
    band_after: Band
    difference: float
    drivers: tuple[DriverDifference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The second scorecard against the first.

    Attributes:
        points: (account, moment) pairs at which both have a score.
        mean, percentiles: of the difference (second - first) over those points; None without any.
        accounts: at the last moment of each account, as the rest is: band_moves, changed (how many accounts change
            band), rank_correlation (Spearman's, ties sharing their mean rank; None where it can't be told).
        movers: those with the largest difference first.
    """

    points: int
    mean: float | None
    mean_absolute: float | None
    percentiles: dict[int, float]
    accounts: int
    changed: int
    band_moves: tuple[BandMove, ...]
    rank_correlation: float | None
    movers: tuple[Mover, ...]


class _Last(NamedTuple):
    as_of: datetime
    before: Verdict
    after: Verdict


class Comparing:
    """Takes points one by one, keeping of each no more than the comparison needs."""

    def __init__(self) -> None:
        self._differences = array("d")
        self._last: dict[str, _Last] = {}

    def add(self, point: ReplayPoint) -> None:
        """Take a point with two verdicts, the first scorecard's first."""
        before, after = point.verdicts
        if before.score is not None and after.score is not None:
            self._differences.append(after.score - before.score)
        seen = self._last.get(point.account_id)
        if seen is None or seen.as_of <= point.as_of:
            self._last[point.account_id] = _Last(point.as_of, before, after)

    def result(self, *, movers: int) -> Comparison:
        """Return the comparison, with so many of those that moved most."""
        differences = np.array(self._differences)
        pairs = {account: (last.before, last.after) for account, last in sorted(self._last.items())}
        moves = Counter((before.band, after.band) for before, after in pairs.values())
        some = len(differences) > 0
        percentiles = np.percentile(differences, PERCENTILES) if some else ()
        return Comparison(
            points=len(differences),
            mean=float(differences.mean()) if some else None,
            mean_absolute=float(np.abs(differences).mean()) if some else None,
            percentiles=dict(zip(PERCENTILES, map(float, percentiles), strict=False)),
            accounts=len(pairs),
            changed=sum(count for (before, after), count in moves.items() if before != after),
            band_moves=tuple(
                BandMove(before=before, after=after, accounts=count)
                for (before, after), count in sorted(moves.items())
            ),
            rank_correlation=_rank_correlation(pairs.values()),
            movers=_movers(pairs.items(), movers),
        )


def _rank_correlation(pairs: Iterable[tuple[Verdict, Verdict]]) -> float | None:
    both = [
        (one.score, other.score) for one, other in pairs if one.score is not None and other.score is not None
    ]
    ranks = [_ranks(np.array(scores)) for scores in zip(*both, strict=True)]
    if len(ranks) < 2 or any(len(np.unique(rank)) < 2 for rank in ranks):
        return None
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _ranks(values: FloatArray) -> FloatArray:
    """Return the rank of each value, from 1; equal values share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: FloatArray = (last - (counts - 1) / 2)[place]
    return ranks


def _movers(pairs: Iterable[tuple[str, tuple[Verdict, Verdict]]], most: int) -> tuple[Mover, ...]:
    movers = [_mover(account, before, after) for account, (before, after) in pairs]
    moved = [one for one in movers if one.difference or one.band_before != one.band_after]
    moved.sort(key=lambda one: (-abs(one.difference), one.account_id))
    return tuple(moved[:most])


def _mover(account_id: str, before: Verdict, after: Verdict) -> Mover:
    first = before.neutral if before.score is None else before.score
    last = after.neutral if after.score is None else after.score
    return Mover(
        account_id=account_id,
        before=before.score,
        after=after.score,
        band_before=before.band,
        band_after=after.band,
        difference=last - first,
        drivers=_differing(before, after),
    )


def _differing(before: Verdict, after: Verdict) -> tuple[DriverDifference, ...]:
    ways: Sequence[dict[str, float]] = [
        {one.metric: one.points for one in verdict.contributions} for verdict in (before, after)
    ]
    found = [
        DriverDifference(metric=name, before=ways[0].get(name, 0.0), after=ways[1].get(name, 0.0))
        for name in ways[0] | ways[1]
    ]
    found.sort(key=lambda one: (-abs(one.after - one.before), one.metric))
    return tuple(one for one in found if one.after != one.before)[:DRIVERS]
