"""What a benchmark found, printed as a table for people and as JSON for machines."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

Aim = Literal["at least", "at most", "none"]


class Figure(Struct, frozen=True, kw_only=True):
    """One number. ``spread`` are the rounds it is the median of; ``aim`` and ``bound`` say what it should be."""

    what: str
    value: float
    unit: str
    spread: tuple[float, ...] = ()
    aim: Aim = "none"
    bound: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.bound is None:
            return None
        return self.value >= self.bound if self.aim == "at least" else self.value <= self.bound


class Result(Struct, frozen=True, kw_only=True):
    """The figures of one benchmark, and what a reader must know to judge them."""

    name: str
    title: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    load_average: tuple[float, float] = (0.0, 0.0)


def table(results: Sequence[Result]) -> str:
    """Return Markdown: one table per result, with its notes below."""
    return "\n\n".join(_one(result) for result in results) + "\n"


def _one(result: Result) -> str:
    rows = [("", "measured", "rounds", "aim")]
    rows += [
        (one.what, _number(one.value, one.unit), ", ".join(_bare(v) for v in one.spread) or "–", _aim(one))
        for one in result.figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    before, after = result.load_average
    measured = f"Took {result.seconds:.0f} s; load average {before:.1f} before, {after:.1f} after."
    notes = "\n".join(f"- {note}" for note in (*result.notes, measured))
    return f"### {result.title}\n\n" + "\n".join(lines) + f"\n\n{notes}"


def _aim(figure: Figure) -> str:
    if figure.met is None or figure.bound is None:
        return "–"
    sign = "≥" if figure.aim == "at least" else "≤"
    return f"{sign} {_number(figure.bound, figure.unit)}: {'met' if figure.met else 'missed'}"


def _number(value: float, unit: str) -> str:
    if unit == "%":
        return f"{value:.0f}%"
    return f"{_bare(value)} {unit}".strip()


def _bare(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
