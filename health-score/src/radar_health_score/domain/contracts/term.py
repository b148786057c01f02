"""A term of a contract as it was told: what metrics read of it, and from when what of it was known."""

from dataclasses import dataclass
from datetime import date

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term and its provenance.

    Attributes:
        statements: what was said of it; a term keeps one of them at least, whatever is learned later.
        dates: renewal dates in turn, each with the moment (microseconds since 1970) from which it counted.
        alone: whether it is known by a closing alone: nobody told of the contract before.
    """

    contract: Contract
    statements: tuple[Statement, ...]
    dates: tuple[tuple[int, date | None], ...]
    alone: bool = False

    @property
    def known_at(self) -> int | None:
        """From when the outcome in ``contract.closing`` counted (microseconds since 1970); None while there is none."""
        return self.contract.outcome_known_at
