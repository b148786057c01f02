"""Dead letters as they are stored, and which of them are asked for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from radar_vocabulary.contracts.dead_letter import DeadLetter

LetterState = Literal["parked", "replayed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A dead letter, and what became of it. ``answer`` is why the last replay, at ``replayed_at``, didn't take it."""

    letter: DeadLetter
    state: LetterState
    replayed_at: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a replay of one letter came to: ``replayed`` when the log has it, else the reason why not."""

    id: str
    state: LetterState
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFilter:
    """Which letters; None means any."""

    step: str | None = None
    code: str | None = None
    state: LetterState | None = None
