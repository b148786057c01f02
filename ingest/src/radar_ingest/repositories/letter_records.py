"""Dead letters as they are stored, and which of them are asked for."""

from dataclasses import dataclass
from datetime import datetime

from radar_vocabulary.answers.dead_letters import LetterState
from radar_vocabulary.contracts.dead_letter import DeadLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A dead letter, and what became of it. ``answer`` is why the last replay, at ``replayed_at``, didn't take it."""

    letter: DeadLetter
    state: LetterState
    replayed_at: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFilter:
    """Which letters; None means any."""

    step: str | None = None
    code: str | None = None
    state: LetterState | None = None
