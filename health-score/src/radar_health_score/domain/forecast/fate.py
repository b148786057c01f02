"""What became of a contract after a moment: the term that was open then, and those that followed it.

A portfolio is foretold several quarters ahead, in which short terms come up more than once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from radar_health_score.domain.forecast.ends import TermEnd, outcome_of
from radar_health_score.domain.workspace.workspace_days import from_micros


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A term's end: ``due`` is its renewal date, or the day on which it ended before that."""

    due: date
    churned: bool
    known_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a contract, as far as somebody has said.

    Attributes:
        steps: terms with an outcome, in turn; only the last one may have churned.
        open_from: nobody has said what happened on this day or later; None where nothing is left to be said: the
            contract was lost, or was renewed for a term that nobody told of, and had none before to go by.
    """

    steps: tuple[Step, ...] = ()
    open_from: date | None = None

    @property
    def lost_on(self) -> date | None:
        """The day on which the contract was lost; None where it wasn't, as far as that is known."""
        return self.steps[-1].due if self.steps and self.steps[-1].churned else None

    def known_until(self, day: date) -> bool:
        """Return whether it has been said what happened up to and with ``day``."""
        return self.open_from is None or day < self.open_from

    def known_by(self, moment: datetime) -> "Fate":
        """Return the fate as far as it was known by ``moment``."""
        for place, step in enumerate(self.steps):
            if step.known_at > moment:
                return Fate(steps=self.steps[:place], open_from=step.due)
        return self


NOBODY_KNOWS: Final = Fate(open_from=date.min)


def fate_of(term: TermEnd, terms: Sequence[TermEnd]) -> Fate:
    """Return what became of ``term``, as it was known earlier, by ``terms``, where everything is known."""
    steps: list[Step] = []
    for one in _in_turn(term, terms):
        if one.churned is None or one.known_at is None:
            return Fate(steps=tuple(steps), open_from=one.renews_on)
        due = one.renews_on if one.ended_on is None else min(one.renews_on, one.ended_on)
        steps.append(Step(due=due, churned=one.churned, known_at=from_micros(one.known_at)))
    again = None if one.churned or one.starts_on is None else one.renews_on + (one.renews_on - one.starts_on)
    return Fate(steps=tuple(steps), open_from=again)


def _in_turn(term: TermEnd, terms: Sequence[TermEnd]) -> Iterator[TermEnd]:
    """Yield the term and what followed it, each with its outcome, up to the first that didn't go on."""
    first = min(term.said)
    found = next((one for one in terms if first in one.said), term)
    told = outcome_of(term, terms)
    yield told
    if told.churned is False and told.ended_on is None:
        yield found  # its date was moved on: that counts as renewed, and it comes up again
        told = found
    while told.churned is False:
        after = _after(found, terms)
        if after is None:
            return
        found = told = after
        yield told


def _after(term: TermEnd, terms: Iterable[TermEnd]) -> TermEnd | None:
    """Return the term that went on where ``term`` ended."""
    ended = term.renews_on if term.ended_on is None else min(term.renews_on, term.ended_on)
    following = [
        one
        for one in terms
        if (one.contract_id, one.line) == (term.contract_id, term.line)
        and one.renews_on > term.renews_on
        and (one.starts_on is None or one.starts_on >= ended)
    ]
    return min(following, key=lambda one: one.renews_on, default=None)
