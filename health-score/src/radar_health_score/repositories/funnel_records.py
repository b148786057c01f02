"""What the funnel needs from a store."""

from typing import NamedTuple

from radar_vocabulary.contracts.scalars import FunnelStep, Stage


class ReachedCount(NamedTuple):
    """How many accounts are in a stage and have reached these steps; None: not scored since there are any."""

    stage: Stage | None
    reached: frozenset[FunnelStep] | None
    accounts: int
