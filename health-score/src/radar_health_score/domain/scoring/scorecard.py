"""A scorecard: which metrics speak for an account's health, how loudly, and what their values are worth.

A metric's curve turns its value into 0 to 100; weights say how much of the score it is. Where data is missing, the
weight goes to all that is known, in proportion: a dimension of which little is known weighs little.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from radar_health_score.domain.scoring.traits import EVERYBODY, AppliesTo
from radar_vocabulary.contracts.scalars import Band, Dimension

NEUTRAL = 50.0
WhenStale = Literal["keep", "unknown"]


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
        when_stale: what that does to the band: nothing (keep: silence speaks for itself), or it is unknown.
        applies_to: the accounts it is meant for.
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
    when_stale: WhenStale = "keep"
    applies_to: AppliesTo = EVERYBODY

    def counts(self, metric: str) -> bool:
        """Return whether the scorecard looks at this metric."""
        return any(scored.name == metric for part in self.dimensions for scored in part.metrics)

    def is_stale(self, last_event_at: datetime | None, as_of: datetime) -> bool:
        """Return whether facts whose last use this is are too old at ``as_of`` to trust the score."""
        return last_event_at is None or as_of - last_event_at > timedelta(days=self.stale_after_days)

    def band(self, score: float | None, coverage: float, *, stale: bool = False) -> Band:
        """Return the band of ``score``; unknown without a score, with too little data, or too old data."""
        if score is None or coverage < self.min_coverage or (stale and self.when_stale == "unknown"):
            return "unknown"
        return self.band_of(score)

    def band_of(self, score: float) -> Band:
        """Return the band in which ``score`` lies."""
        if score >= self.healthy_from:
            return "healthy"
        return "watch" if score >= self.watch_from else "at_risk"

    def text(self) -> str:
        """Return the scorecard as one line of JSON, which ``parse_scorecard`` reads back."""
        return json.dumps(self.content(), sort_keys=True)

    def content(self) -> dict[str, Any]:
        """Return the scorecard as its file has it; what is as it would be anyway is left out."""
        content: dict[str, Any] = {
            "name": self.name,
            "bands": {"healthy": self.healthy_from, "watch": self.watch_from},
            "min_coverage": self.min_coverage,
            "stale_after_days": self.stale_after_days,
            "renewal": self.renewal.points(),
            "dimensions": {part.dimension: _content(part) for part in self.dimensions},
        }
        if self.when_stale != "keep":
            content["when_stale"] = self.when_stale
        if conditions := self.applies_to.conditions():
            content["applies_to"] = conditions
        return content


def _content(part: ScoredDimension) -> dict[str, Any]:
    metrics = {one.name: {"weight": one.weight, "curve": one.curve.points()} for one in part.metrics}
    return {"weight": part.weight, "metrics": metrics}


def version_of(text: str) -> str:
    """Return the version for a scorecard's ``text()``."""
    return sha256(text.encode()).hexdigest()[:16]
