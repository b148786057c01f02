"""What ``GET /v1/scorecards`` and what is below it answer with."""

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Dimension, Moment


class ScorecardMetric(Struct, frozen=True, kw_only=True):
    """A metric's place in a scorecard: weight within its dimension, and points of its curve."""

    metric: str
    weight: float
    curve: list[list[float]]


class ScorecardDimension(Struct, frozen=True, kw_only=True):
    """A dimension's place in a scorecard."""

    dimension: Dimension
    weight: float
    metrics: list[ScorecardMetric]


class BandLimits(Struct, frozen=True, kw_only=True):
    """Scores at which the bands healthy and watch begin."""

    healthy: float
    watch: float


class ScorecardLine(Struct, frozen=True, kw_only=True):
    """A scorecard: for whom it speaks, and how it scores.

    ``applies_to``: conditions that an account meets, all of them; empty: everybody that no other one speaks for.
    ``renewal``: points of the curve from the score to the probability of renewing.
    """

    name: str
    version: str
    applies_to: dict[str, list[str]]
    neutral: float
    bands: BandLimits
    min_coverage: float
    stale_after_days: int
    when_stale: str
    renewal: list[list[float]]
    dimensions: list[ScorecardDimension]


class Period(Struct, frozen=True, kw_only=True):
    """A time in which a scorecard was in force; ``until`` is None while it is."""

    since: Moment
    until: Moment | None


class ScorecardVersion(Struct, frozen=True, kw_only=True):
    """A scorecard that is or was in use, and its content as a file would have it (YAML)."""

    scorecard: ScorecardLine
    in_force: bool
    periods: tuple[Period, ...]
    yaml: str


class ScorecardVersionLine(Struct, frozen=True, kw_only=True):
    """A scorecard that is or was in use, and when."""

    name: str
    version: str
    in_force: bool
    periods: tuple[Period, ...]
