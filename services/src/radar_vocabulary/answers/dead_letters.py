"""What ``GET /v1/dead-letters`` and ``POST /v1/dead-letters/replay`` answer with."""

from typing import Literal

from msgspec import Struct

from radar_vocabulary.contracts.dead_letter import Source
from radar_vocabulary.contracts.scalars import Moment

DeadLetterState = Literal["parked", "replayed"]


class DeadLetterLine(Struct, frozen=True, kw_only=True):
    """A dead letter. ``original`` is base64; ``text`` is the same bytes where they are UTF-8."""

    id: str
    step: str
    code: str
    reason: str
    at: Moment
    account_id: str | None
    event_id: str | None
    source: Source | None
    state: DeadLetterState
    replayed_at: Moment | None
    answer: str | None
    original: bytes
    text: str | None


class ReplayOutcome(Struct, frozen=True, kw_only=True):
    """``replayed``: the log has it. ``parked``: it still can't be used, and why."""

    id: str
    state: DeadLetterState
    reason: str | None = None


class ReplayAnswer(Struct, frozen=True, kw_only=True):
    """The counts, and a result for each letter."""

    replayed: int
    parked: int
    results: list[ReplayOutcome]
