"""What ``GET /v1/overrides`` and ``/v1/accounts/{id}/override`` answer with."""

from typing import Literal

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Band, Moment

OverrideState = Literal["in_force", "scheduled", "over", "withdrawal"]


class OverrideLine(Struct, frozen=True, kw_only=True):
    """An act of setting health by hand.

    ``state``: *in_force*; *scheduled* (it has not begun); *over* (expired, withdrawn, or another took its place);
    *withdrawal* (it took back what was set before).
    """

    band: Band | None
    score: float | None
    author: str
    reason: str
    known_at: Moment
    valid_from: Moment
    expires_at: Moment | None
    state: OverrideState


class AccountOverride(Struct, frozen=True, kw_only=True):
    """What is set by hand on an account now."""

    account_id: str
    override: OverrideLine | None
