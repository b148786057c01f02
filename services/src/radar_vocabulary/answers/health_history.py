"""What ``GET /v1/accounts/{id}/health/history`` answers with."""

from msgspec import Struct

from radar_vocabulary.contracts.health import DimensionHealth, Override, ScorecardRef
from radar_vocabulary.contracts.scalars import Band, Day, Dimension, Moment


class HealthPoint(Struct, frozen=True, kw_only=True):
    """A day's last snapshot, short; ``recomputed`` where none was kept and history gave it.

    ``score`` and the rest are of ``as_of``; a day that was recomputed is seen from its end. ``override``: what a
    person had set in place of the scorecard's word.
    """

    day: Day
    as_of: Moment
    score: float | None
    band: Band
    coverage: float
    dimensions: dict[Dimension, DimensionHealth]
    scorecard: ScorecardRef
    recomputed: bool
    override: Override | None
