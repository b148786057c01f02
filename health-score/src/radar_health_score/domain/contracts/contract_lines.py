"""Which agreement a statement is about, where a contract id carries several side by side.

A contract is known by its id within its account, and its product may change. But one id may also carry agreements on
several products, each with terms of its own. They are told apart here alone: what is said becomes *lines*, and
within a line terms follow one another.

- What names a product is about the line of that product, else about one that no product was named of yet.
- Another product with the start that a line has, or with none, is a change of that line's product. With a start of
  its own it follows a line whose terms were all closed or due by then; where none was, it is a line of its own.
- What names no product is about the line with its start, else with its renewal date, else about the one named last.
- A closing ends what was to be renewed nearest to it: in several lines, where they have that date in common.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class LineStatement(NamedTuple):
    """What one event says of a contract: ``on`` is the day of a closing, None for an update.

    ``takes_back``: a closing that takes the last one back.
    """

    product: str | None = None
    starts_on: date | None = None
    renews_on: date | None = None
    on: date | None = None
    takes_back: bool = False


@dataclass(slots=True, kw_only=True)
class _Line:
    """A line while it is told of; ``open_terms``: (start, renewal date) of what isn't closed yet."""

    last_said: int = 0
    product: str | None = None
    open_terms: list[tuple[date | None, date]] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    closed: int = -1

    def says(self, at: int, statement: LineStatement) -> None:
        self.last_said = at
        self.product = statement.product or self.product
        starts_on, renews_on = statement.starts_on, statement.renews_on
        if self.open_terms and (starts_on is None or self.open_terms[-1][0] in {starts_on, None}):
            before, due = self.open_terms.pop()
            starts_on, renews_on = starts_on or before, renews_on or due
        self.open_terms.append((starts_on, renews_on or date.max))
        self.statements.append(at)

    def closes(self, at: int, renews_on: date | None, on: date) -> None:
        self.closed = at
        last = on if renews_on is None else max(on, renews_on)
        self.open_terms = [one for one in self.open_terms if one[1] > last]
        self.statements.append(at)


def lines_of(statements: Sequence[LineStatement]) -> list[list[int]]:
    """Return the lines of one contract id, in the order in which they were first named, as places in ``statements``.

    ``statements`` come in the order in which they hold; a closing comes before what is said at the same moment. It may
    stand in several lines. What several lines need is looked for only where several products were named.
    """
    if len({statement.product for statement in statements if statement.on is None} - {None}) < 2:
        return [list(range(len(statements)))] if statements else []
    lines: list[_Line] = []
    early: list[int] = []
    for at, statement in enumerate(statements):
        if statement.on is None:
            _line_for(lines, statement).says(at, statement)
        elif lines and statement.takes_back:
            last = max(line.closed for line in lines)
            for line in (one for one in lines if one.closed == last):
                line.statements.append(at)
        elif lines:
            for line, renews_on in _closed_by(lines, statement.on):
                line.closes(at, renews_on, statement.on)
        else:
            early.append(at)
    lines[0].statements[:0] = early
    return [line.statements for line in lines]


def _line_for(lines: list[_Line], statement: LineStatement) -> _Line:
    """Return the line that an update is about, a new one where there is none."""
    latest = sorted(lines, key=lambda line: -line.last_said)
    found = _same_product(latest, statement) if statement.product else _alike(latest, statement)
    if found is None:
        found = _Line()
        lines.append(found)
    return found


def _same_product(latest: Sequence[_Line], statement: LineStatement) -> _Line | None:
    for product in (statement.product, None):
        for line in latest:
            if line.product == product:
                return line
    if statement.starts_on is None:
        return latest[0] if latest else None
    started = (line for line in latest if statement.starts_on in {start for start, _ in line.open_terms})
    ended = (line for line in latest if all(due <= statement.starts_on for _, due in line.open_terms))
    return next(started, None) or next(ended, None)


def _alike(latest: Sequence[_Line], statement: LineStatement) -> _Line | None:
    started = (
        line for line in latest if statement.starts_on and statement.starts_on in dict(line.open_terms)
    )
    due = (line for line in latest if statement.renews_on in {date for _, date in line.open_terms})
    return next(started, None) or next(due, None) or (latest[0] if latest else None)


def _closed_by(lines: Sequence[_Line], on: date) -> list[tuple[_Line, date | None]]:
    """Return the lines that a closing ends, each with the renewal date that it names or comes nearest to."""
    nearest = [
        (min((renews_on for _, renews_on in begun), key=lambda day: abs((day - on).days)), line)
        for line in lines
        if (begun := [one for one in line.open_terms if one[0] is None or one[0] < on])
    ]
    if not nearest:
        return [(max(lines, key=lambda line: line.last_said), None)]
    ends = min((renews_on for renews_on, _ in nearest), key=lambda day: (abs((day - on).days), day))
    return [(line, renews_on) for renews_on, line in nearest if renews_on == ends]
