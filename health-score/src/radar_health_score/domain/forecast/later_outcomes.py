"""What became of a contract after a moment: the term that was open then, and those that followed it.

A portfolio is forecast several quarters ahead; short terms renew more than once in that time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.term import Term
from radar_health_score.domain.contracts.term_outcomes import following, outcome_of, same_term
from radar_health_score.domain.workspace.workspace_days import from_micros


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterTerm:
    """A term's end: ``due`` is its renewal date, or the day on which it ended before that."""

    due: date
    churned: bool
    known_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterOutcomes:
    """Outcomes of a contract's terms, as far as they are known.

    Attributes:
        steps: terms with an outcome, in turn; only the last one may have churned.
        open_from: the outcome is unknown from this day on; None where nothing is left to be known: the contract was
            lost, or was renewed for a term of unknown length.
    """

    steps: tuple[LaterTerm, ...] = ()
    open_from: date | None = None

    @property
    def lost_on(self) -> date | None:
        """The day on which the contract was lost; None where it wasn't, as far as that is known."""
        return self.steps[-1].due if self.steps and self.steps[-1].churned else None

    def known_until(self, day: date) -> bool:
        """Return whether the outcomes through ``day`` are known."""
        return self.open_from is None or day < self.open_from

    def known_by(self, moment: datetime) -> "LaterOutcomes":
        """Return the outcomes that were known by ``moment``."""
        for place, step in enumerate(self.steps):
            if step.known_at > moment:
                return LaterOutcomes(steps=self.steps[:place], open_from=step.due)
        return self


ALL_UNKNOWN: Final = LaterOutcomes(open_from=date.min)


def later_outcomes_of(then: Term, terms: Sequence[Term]) -> LaterOutcomes:
    """Return what became of ``then``, as it was known earlier, by ``terms``, where everything is known."""
    steps: list[LaterTerm] = []
    term = same_term(then, terms)
    if term is None:
        return LaterOutcomes(open_from=then.contract.renews_on)
    while True:
        outcome = outcome_of(term)
        if outcome is None:
            return LaterOutcomes(steps=tuple(steps), open_from=_due(term.contract))
        renews_on = term.contract.renews_on or outcome.ended_on
        due = min(renews_on, outcome.ended_on)
        steps.append(LaterTerm(due=due, churned=outcome.churned, known_at=from_micros(outcome.known_at)))
        after = None if outcome.churned else following(term, terms)
        if after is None:
            return LaterOutcomes(steps=tuple(steps))
        if after.contract.renews_on is None and after.contract.closing is None:
            return LaterOutcomes(steps=tuple(steps), open_from=_again(term.contract, due))
        term = after


def _due(contract: Contract) -> date | None:
    return contract.renews_on or contract.starts_on


def _again(contract: Contract, due: date) -> date | None:
    """Return when a contract of whose next term no date is known comes up again: after a term like the last."""
    if contract.stated_start is None or contract.renews_on is None:
        return None
    return due + (contract.renews_on - contract.stated_start)
