"""Dead letters as they are stored, and which of them are asked for."""

from dataclasses import dataclass
from datetime import datetime

from radar_vocabulary.answers.dead_letters import DeadLetterState
from radar_vocabulary.contracts.dead_letter import DeadLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDeadLetter:
    """A dead letter, and what became of it. ``answer`` is why the last replay, at ``replayed_at``, didn't take it."""

    letter: DeadLetter
    state: DeadLetterState
    replayed_at: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetterFilter:
    """Which letters; None means any."""

    step: str | None = None
    code: str | None = None
    state: DeadLetterState | None = None
