"""What ``GET /v1/accounts/{id}/health/changes`` answers with."""

from msgspec import Struct

from radar_vocabulary.contracts.health import HealthSnapshot
from radar_vocabulary.contracts.scalars import Dimension


class DriverChange(Struct, frozen=True, kw_only=True):
    """One metric's part of a change, in points: ``points_to`` - ``points_from`` is the sum of the three parts.

    A metric without data at one of the moments had no points there.
    """

    metric: str
    dimension: Dimension
    points_from: float
    points_to: float
    behaviour: float
    time: float
    configuration: float
    text: str


class OverrideChange(Struct, frozen=True, kw_only=True):
    """What people have set by hand at the two moments, and its part of the change, which is configuration."""

    points_from: float
    points_to: float
    text: str


class Changes(Struct, frozen=True, kw_only=True, rename={"earlier": "from", "later": "to"}):
    """A change of score with its parts; drivers with the largest change come first.

    ``configuration`` holds, beside that of the drivers, the difference of the neutral scores and of what was set by
    hand (``override``; None where nothing was, at either moment). Where one of the two snapshots has no score, the
    parts tell the difference from the neutral score.
    """

    earlier: HealthSnapshot
    later: HealthSnapshot
    behaviour: float
    time: float
    configuration: float
    drivers: tuple[DriverChange, ...]
    override: OverrideChange | None = None
