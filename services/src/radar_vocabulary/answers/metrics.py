"""What the paths about metrics answer with: an account's values, how they moved, and the catalogue."""

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Day, Dimension, Moment


class MetricPoint(Struct, frozen=True, kw_only=True):
    """A metric on a day: its value or why it is missing, and what it gave the score (None where it doesn't count)."""

    value: float | None
    points: float | None
    missing: str | None = None


class MetricSeries(Struct, frozen=True, kw_only=True):
    """A metric over time, a point for each of the answer's ``days``."""

    metric: str
    dimension: Dimension
    unit: str
    direction: str
    description: str
    points: list[MetricPoint]


class MetricHistory(Struct, frozen=True, kw_only=True):
    """Metrics of an account over time. Each day is seen from its end, today from ``as_of``."""

    account_id: str
    as_of: Moment
    days: list[Day]
    items: list[MetricSeries]


class MetricLine(Struct, frozen=True, kw_only=True):
    """A metric's value, or why it is missing."""

    metric: str
    dimension: Dimension
    value: float | None
    unit: str
    direction: str
    description: str
    missing: str | None


class Metrics(Struct, frozen=True, kw_only=True):
    """Every metric of an account at a moment."""

    account_id: str
    as_of: Moment
    items: list[MetricLine]


class MetricUse(Struct, frozen=True, kw_only=True):
    """A scorecard that looks at a metric.

    ``applies_to`` says for whom the scorecard speaks (empty: everybody that no other one speaks for).
    ``weight`` counts within the metric's dimension; ``share`` is its part of the whole score where everything is known.
    """

    scorecard: str
    version: str
    applies_to: dict[str, list[str]]
    weight: float
    share: float


class CatalogueLine(Struct, frozen=True, kw_only=True):
    """A metric's definition; ``source`` names the event types it is computed from."""

    metric: str
    dimension: Dimension
    unit: str
    direction: str
    description: str
    formula: str
    note: str
    source: tuple[str, ...]
    scorecards: tuple[MetricUse, ...]
