"""What the services say of metrics and how they moved, as far as the console reads it."""

from datetime import date

from msgspec import Struct


class MetricPointAnswer(Struct, frozen=True, kw_only=True):
    """A metric on a day: its value or why there is none, and what it gave the score."""

    value: float | None = None
    points: float | None = None
    missing: str | None = None


class MetricSeriesAnswer(Struct, frozen=True, kw_only=True):
    """A metric, a point for each of the days."""

    metric: str
    dimension: str
    unit: str
    direction: str
    description: str
    points: tuple[MetricPointAnswer, ...]


class MetricHistoryAnswer(Struct, frozen=True, kw_only=True):
    """Metrics over time, the oldest day first."""

    days: tuple[date, ...]
    items: tuple[MetricSeriesAnswer, ...]


class MetricUseAnswer(Struct, frozen=True, kw_only=True):
    """A scorecard that looks at a metric; ``share`` is the metric's part of the whole score."""

    scorecard: str
    share: float


class DefinitionAnswer(Struct, frozen=True, kw_only=True):
    """A metric in ``GET /v1/metrics/catalogue``; ``source`` names event types."""

    metric: str
    formula: str
    note: str = ""
    source: tuple[str, ...] = ()
    scorecards: tuple[MetricUseAnswer, ...] = ()
