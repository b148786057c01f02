"""A scorecard: which metrics speak for an account's health, how loudly, and what their values are worth.

A metric's curve turns its value into 0 to 100; weights say how much of the score it is. Where data is missing, the
weight goes to the other metrics of the dimension, and a dimension without any data gives its weight to the others.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from radar_chassis.contracts.scalars import Band, Dimension

NEUTRAL = 50.0


@dataclass(frozen=True, slots=True)
class Curve:
    """A piecewise-linear function, flat outside its first and last point. ``xs`` rise strictly."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def __call__(self, x: float) -> float:
        """Return the curve's value at ``x``."""
        right = bisect_right(self.xs, x)
        if right == 0:
            return self.ys[0]
        if right == len(self.xs):
            return self.ys[-1]
        x0, x1 = self.xs[right - 1], self.xs[right]
        y0, y1 = self.ys[right - 1], self.ys[right]
        return y0 + (y1 - y0) * ((x - x0) / (x1 - x0))

    def points(self) -> list[list[float]]:
        """Return the curve as pairs, as a scorecard's file has them."""
        return [[x, y] for x, y in zip(self.xs, self.ys, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredMetric:
    """A metric's place in a scorecard; ``weight`` counts within its dimension."""

    name: str
    weight: float
    curve: Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredDimension:
    """A dimension's place in a scorecard; ``weight`` counts beside the other dimensions."""

    dimension: Dimension
    weight: float
    metrics: Sequence[ScoredMetric]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """What makes an account healthy.

    Attributes:
        version: a hash of the content; two scorecards that score alike have the same.
        neutral: a metric worth this adds no points.
        healthy_from, watch_from: scores at which the bands begin; below is at_risk.
        min_coverage: share of the weight that must have data, or the band is unknown.
        stale_after_days: days without any use after which the facts are called stale.
        renewal: score -> probability of renewing, a rising prior; not calibrated on any data.
    """

    name: str
    version: str
    healthy_from: float
    watch_from: float
    min_coverage: float
    stale_after_days: int
    renewal: Curve
    dimensions: Sequence[ScoredDimension]
    neutral: float = NEUTRAL

    def counts(self, metric: str) -> bool:
        """Return whether the scorecard looks at this metric."""
        return any(scored.name == metric for part in self.dimensions for scored in part.metrics)

    def band(self, score: float | None, coverage: float) -> Band:
        """Return the band of ``score``; unknown without a score or with too little data."""
        if score is None or coverage < self.min_coverage:
            return "unknown"
        if score >= self.healthy_from:
            return "healthy"
        return "watch" if score >= self.watch_from else "at_risk"

    def text(self) -> str:
        """Return the scorecard as one line of JSON, which ``parse_scorecard`` reads back."""
        return json.dumps(
            {
                "name": self.name,
                "bands": {"healthy": self.healthy_from, "watch": self.watch_from},
                "min_coverage": self.min_coverage,
                "stale_after_days": self.stale_after_days,
                "renewal": self.renewal.points(),
                "dimensions": {
                    part.dimension: {
                        "weight": part.weight,
                        "metrics": {
                            metric.name: {"weight": metric.weight, "curve": metric.curve.points()}
                            for metric in part.metrics
                        },
                    }
                    for part in self.dimensions
                },
            },
            sort_keys=True,
        )


def version_of(text: str) -> str:
    """Return the version for a scorecard's ``text()``."""
    return sha256(text.encode()).hexdigest()[:16]
