"""The figures as a part of a page: put between two markers, so that the words around them stay."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.result import Result, table

BEGIN = '<!-- figures: made by `make bench ARGS="--markdown docs/performance.md"` -->'
END = "<!-- end of figures -->"


def report(machine: Mapping[str, str], results: Sequence[Result]) -> str:
    """Return the figures as Markdown, the machine first."""
    facts = "\n".join(f"- {name}: {value}" for name, value in machine.items())
    return f"Measured {datetime.now(UTC):%Y-%m-%d} on this machine:\n\n{facts}\n\n{table(results)}"


def into_markdown(page: Path, figures: str) -> None:
    """Replace what stands between the markers of ``page``; raises ValueError when they aren't there."""
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page.name} needs the lines {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{figures}\n{END}{after}", "utf-8")
