"""From readings to a score: points that add up exactly.

With e the effective weight of a metric (its share of the dimension's weight that had data, times the dimension's
share of the weight of all dimensions with data) and w its worth on the curve, its points are e x (w - neutral).
The e of all metrics with data sum to 1, so neutral + the sum of points is the weighted mean of the worths.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from radar_chassis.contracts.health import DimensionHealth
from radar_chassis.contracts.scalars import Band, Dimension
from radar_health_score.domain.metrics.reading import Readings, known
from radar_health_score.domain.scorecard import Scorecard, ScoredDimension, ScoredMetric

_Measured = list[tuple[ScoredMetric, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one metric adds to the neutral score, in points."""

    metric: str
    dimension: Dimension
    value: float
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score with its parts.

    Attributes:
        score: 0 to 100, or None without any data.
        coverage: share of the scorecard's weight that had data.
        dimensions: per dimension its score, effective weight (they sum to 1 where there is any data) and coverage.
        contributions: largest effect first; neutral + their points = score.
    """

    score: float | None
    band: Band
    coverage: float
    dimensions: Mapping[Dimension, DimensionHealth]
    contributions: Sequence[Contribution]


def score(readings: Readings, scorecard: Scorecard, *, stale: bool = False) -> Score:
    """Return the score of an account with these readings under ``scorecard``; ``stale``: they are old."""
    measured = {part.dimension: _measured(part, readings) for part in scorecard.dimensions}
    all_weight = fsum(part.weight for part in scorecard.dimensions)
    live_weight = fsum(part.weight for part in scorecard.dimensions if measured[part.dimension])
    contributions: list[Contribution] = []
    dimensions: dict[Dimension, DimensionHealth] = {}
    coverage = 0.0
    for part in scorecard.dimensions:
        metrics = measured[part.dimension]
        share = part.weight / live_weight if metrics and live_weight else 0.0
        dimensions[part.dimension] = _dimension(part, metrics, share)
        coverage += dimensions[part.dimension].coverage * part.weight / all_weight
        contributions += _contributions(part, metrics, share, scorecard.neutral, readings)
    contributions.sort(key=lambda each: (-abs(each.points), each.metric))
    total = scorecard.neutral + fsum(each.points for each in contributions) if live_weight else None
    if total is not None:
        total = min(100.0, max(0.0, total))
    return Score(
        score=total,
        band=scorecard.band(total, coverage, stale=stale),
        coverage=min(1.0, coverage),
        dimensions=dimensions,
        contributions=tuple(contributions),
    )


def _measured(part: ScoredDimension, readings: Readings) -> _Measured:
    found: _Measured = []
    for metric in part.metrics:
        value = known(readings, metric.name)
        if value is not None:
            found.append((metric, metric.curve(value)))
    return found


def _dimension(part: ScoredDimension, metrics: _Measured, share: float) -> DimensionHealth:
    live = fsum(metric.weight for metric, _ in metrics)
    return DimensionHealth(
        score=fsum(metric.weight * worth for metric, worth in metrics) / live if live else None,
        weight=share,
        coverage=live / fsum(metric.weight for metric in part.metrics),
    )


def _contributions(
    part: ScoredDimension, metrics: _Measured, share: float, neutral: float, readings: Readings
) -> list[Contribution]:
    live = fsum(metric.weight for metric, _ in metrics)
    return [
        Contribution(
            metric=metric.name,
            dimension=part.dimension,
            value=known(readings, metric.name) or 0.0,
            points=share * metric.weight / live * (worth - neutral),
        )
        for metric, worth in metrics
    ]
