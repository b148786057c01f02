"""How metrics moved: what ``/v1/accounts/{id}/metrics/history`` answers with."""

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
