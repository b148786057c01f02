"""What keeping the portfolio's cut needs from a store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from radar_health_score.domain.workspace.segment_cut import Cut
from radar_vocabulary.contracts.scalars import Money

Cuts = Mapping[str, Cut]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at the whole portfolio: when, how many accounts paid, and what that summed up to.

    ``arr`` adds up currencies as they are: it is there to be compared with another one, not to be told.
    """

    at: datetime
    payers: int
    arr: float


class CutBook(Protocol):
    """Keeps the portfolio's cuts, each with the moment from which it holds, for all processes."""

    def cuts(self, connection: Connection) -> Cuts:
        """Return the cuts in force, by currency; empty where there are none yet."""
        ...

    def note(self, connection: Connection, cuts: Cuts, since: datetime) -> None:
        """Put these in force."""
        ...

    def look(self, connection: Connection, at: datetime) -> Look:
        """Return how the portfolio looks, by its accounts' latest health."""
        ...

    def last_look(self, connection: Connection) -> Look | None:
        """Return the last look that somebody claimed; None: nobody ever has."""
        ...

    def claim(self, connection: Connection, before: Look | None, now: Look) -> bool:
        """Say that we see to the cut now; return False where somebody else has done so since ``before``."""
        ...

    def portfolio(self, connection: Connection) -> Iterable[Sequence[Money]]:
        """Yield what each account that pays anything does, a sum a year per currency."""
        ...
