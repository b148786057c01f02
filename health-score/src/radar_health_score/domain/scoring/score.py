"""From readings to a score: the weighted mean of all that is known, as points that add up exactly.

A metric's weight in the score is its share of its dimension's weights times the dimension's weight, whatever is known.
Its effective weight e is that over the sum of these for all metrics with data, so the e sum to 1, and a dimension
weighs its weight times its coverage. With w its worth on the curve its points are e x (w - neutral): neutral + the sum
of points is the weighted mean of the worths.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isclose

from radar_health_score.domain.metrics.reading import Readings, known
from radar_health_score.domain.scoring.causes import CAUSE_OF
from radar_health_score.domain.scoring.scorecard import Scorecard, ScoredDimension, ScoredMetric
from radar_vocabulary.contracts.health import CausePoints, DimensionHealth
from radar_vocabulary.contracts.scalars import Band, Cause, Dimension

_Known = list[tuple[ScoredMetric, float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one metric adds to the neutral score, in points."""

    metric: str
    dimension: Dimension
    value: float
    points: float

    @property
    def cause(self) -> Cause:
        """What the metric is grouped under."""
        return CAUSE_OF[self.metric]


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
    parts = [_Part.of(part, readings) for part in scorecard.dimensions]
    live = fsum(part.live_weight for part in parts)
    contributions = [each for part in parts for each in part.contributions(live, scorecard.neutral)]
    contributions.sort(key=lambda each: (-abs(each.points), each.metric))
    coverage = min(1.0, live / fsum(part.weight for part in scorecard.dimensions))
    total = scorecard.neutral + fsum(each.points for each in contributions) if live else None
    if total is not None:
        total = min(100.0, max(0.0, total))
    return Score(
        score=total,
        band=scorecard.band(total, coverage, stale=stale),
        coverage=coverage,
        dimensions={part.scored.dimension: part.health(live) for part in parts},
        contributions=tuple(contributions),
    )


def causes_of(contributions: Iterable[Contribution]) -> tuple[CausePoints, ...]:
    """Return the points of ``contributions`` summed by cause, worst first."""
    points: dict[Cause, list[float]] = {}
    for each in contributions:
        points.setdefault(each.cause, []).append(each.points)
    found = (CausePoints(cause=cause, points=fsum(some)) for cause, some in points.items())
    return tuple(sorted(found, key=lambda one: (one.points, one.cause)))


def weighs_alike(dimensions: Mapping[Dimension, DimensionHealth], scorecard: Scorecard) -> bool:
    """Return whether dimensions once shown under ``scorecard`` weigh what ``score`` would let them weigh.

    An earlier release may have shared the weight out in another way, for which nobody's doing is to blame.
    """
    due = [one.weight * dimensions[one.dimension].coverage for one in scorecard.dimensions]
    live = fsum(due)
    weights = [dimensions[one.dimension].weight for one in scorecard.dimensions]
    return not live or all(
        isclose(weight, part / live, abs_tol=1e-9) for weight, part in zip(weights, due, strict=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What is known of a dimension: metric, value and worth of those with data.

    ``all_weights`` and ``known_weights`` are those of its metrics, ``live_weight`` is its weight times its coverage.
    """

    scored: ScoredDimension
    known: _Known
    all_weights: float
    known_weights: float
    live_weight: float

    @classmethod
    def of(cls, scored: ScoredDimension, readings: Readings) -> "_Part":
        found: _Known = []
        for metric in scored.metrics:
            value = known(readings, metric.name)
            if value is not None:
                found.append((metric, value, metric.curve(value)))
        all_weights = fsum([metric.weight for metric in scored.metrics])
        known_weights = fsum([metric.weight for metric, _, _ in found])
        return cls(
            scored=scored,
            known=found,
            all_weights=all_weights,
            known_weights=known_weights,
            live_weight=scored.weight * (known_weights / all_weights),
        )

    def health(self, live: float) -> DimensionHealth:
        worth = fsum([metric.weight * worth for metric, _, worth in self.known])
        return DimensionHealth(
            score=worth / self.known_weights if self.known else None,
            weight=self.live_weight / live if live else 0.0,
            coverage=self.known_weights / self.all_weights,
        )

    def contributions(self, live: float, neutral: float) -> list[Contribution]:
        unit = self.scored.weight / self.all_weights / live if live else 0.0
        return [
            Contribution(
                metric=metric.name,
                dimension=self.scored.dimension,
                value=value,
                points=unit * metric.weight * (worth - neutral),
            )
            for metric, value, worth in self.known
        ]
