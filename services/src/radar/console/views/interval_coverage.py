"""Whether the portfolio's forecast held in past quarters, by how far ahead they were foretold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from radar.console.texts import page_translator, text
from radar.console.words import NOTHING, money
from radar_vocabulary.answers.backtests import Coverage, Quarter, ScorerNote
from radar_vocabulary.contracts.scalars import Money
from radar_vocabulary.language.messages import message

# The console knows services by their answers alone, so that these words are its own.
AHEADS: Final = {
    1: message("on its first day"),
    2: message("one quarter ahead"),
    3: message("two quarters ahead"),
    4: message("three quarters ahead"),
}


@dataclass(frozen=True, kw_only=True)
class CoverageRow:
    """What was foretold that far ahead: in how many quarters the interval held, what was expected and lost in all."""

    foretold: str
    held: str
    expected: str
    lost: str


@dataclass(frozen=True, kw_only=True)
class CoverageTable:
    """The rows of a scorer in one currency; ``level``: the share of quarters in which an interval should hold."""

    title: str
    level: float
    rows: tuple[CoverageRow, ...]


def coverage_tables(coverage: Iterable[Coverage], scorers: Sequence[ScorerNote]) -> tuple[CoverageTable, ...]:
    """Return a table for each scorer and currency, the model's first."""
    titles = {one.name: one.title for one in scorers}
    ordered = sorted(coverage, key=lambda one: (one.scorer != "model", one.currency))
    return tuple(
        CoverageTable(
            title=f"{titles.get(one.scorer, one.scorer)} ({one.currency})",
            level=one.level,
            rows=tuple(
                _row(page_translator().say(words), _told(one, ahead), one.currency)
                for ahead, words in AHEADS.items()
            ),
        )
        for one in ordered
    )


def _told(coverage: Coverage, ahead: int) -> list[Quarter]:
    return [one for one in coverage.quarters if one.ahead == ahead]


def _row(foretold: str, told: Sequence[Quarter], currency: str) -> CoverageRow:
    if not told:
        return CoverageRow(foretold=foretold, held=NOTHING, expected=NOTHING, lost=NOTHING)
    inside = sum(one.inside for one in told)
    return CoverageRow(
        foretold=foretold,
        held=text("{inside} of {count}", inside=inside, count=len(told)),
        expected=money(Money(amount=sum(one.expected for one in told), currency=currency)),
        lost=money(Money(amount=sum(one.lost for one in told), currency=currency)),
    )
