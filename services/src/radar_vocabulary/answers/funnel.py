"""What ``GET /v1/portfolio/funnel`` answers with."""

from msgspec import Struct

from radar_vocabulary.contracts.scalars import FunnelStep, Stage


class FunnelLine(Struct, frozen=True, kw_only=True):
    """A step of AARRR: how many accounts have reached it.

    ``share`` is of all accounts, ``from_before`` of those that reached the step before it (revenue goes by
    retention); ``missing`` says why a step isn't known of anybody.
    """

    step: FunnelStep
    accounts: int | None
    share: float | None
    from_before: float | None
    missing: str | None


class StageLine(Struct, frozen=True, kw_only=True):
    """How many accounts are in a stage of the lifecycle; null: not scored since there are stages."""

    stage: Stage | None
    accounts: int


class Funnel(Struct, frozen=True, kw_only=True):
    """How far accounts have come, as last scored.

    ``accounts`` and ``steps`` leave former customers out unless they are asked for; ``stages`` has them in win_back.
    """

    accounts: int
    steps: list[FunnelLine]
    stages: list[StageLine]
