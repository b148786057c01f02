"""Writes the page of metrics in the documentation, from the same table that the service computes with.

python -m radar_health_score.entrypoints.metrics_page docs/metrics.md
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.scoring.scorecard_yaml import DIMENSIONS
from radar_health_score.service.queries.metric_catalogue import catalogue_lines
from radar_vocabulary.answers.metrics import CatalogueLine
from radar_vocabulary.contracts.scalars import Dimension

_OPENING: Final = """\
# Metrics

`make docs` makes this page from the catalogue; a test fails when it is out of date. To change a definition, edit the
docstring of the metric's function in `health-score/src/radar_health_score/domain/metrics`.

The window is the 28 days that end with the as-of moment. Days are cut in the workspace's time zone. Every metric is a
pure function of what was known at that moment. If it cannot be computed, it is *missing*, with a reason; missing is
not zero. The last column is the metric's share of the score in the built-in scorecards, if everything is known.
`GET /v1/metrics/catalogue` gives the same for the scorecards in force.
"""
_TITLES: Final[dict[Dimension, str]] = {"users": "Users", "behaviour": "Behaviour", "outcomes": "Outcomes"}
_HEALTHIER: Final = {"higher": "higher is healthier", "lower": "lower is healthier", "neutral": "neutral"}


def metrics_page() -> str:
    """Return the page as Markdown."""
    lines = catalogue_lines(built_in_scorecards().in_force())
    sections = (
        _section(title, [line for line in lines if line.dimension == dimension])
        for dimension, title in ((one, _TITLES[one]) for one in DIMENSIONS)
    )
    return "\n".join((_OPENING, *sections))


def _section(title: str, lines: Sequence[CatalogueLine]) -> str:
    head = "| metric | unit | definition | from | share of the score |\n| --- | --- | --- | --- | --- |\n"
    return f"## {title}\n\n{head}" + "".join(_row(line) for line in lines)


def _row(line: CatalogueLine) -> str:
    told = " ".join(filter(None, (line.formula, line.note)))
    cells = (
        f"`{line.metric}`",
        f"{line.unit}, {_HEALTHIER[line.direction]}",
        told,
        ", ".join(f"`{kind}`" for kind in line.source),
        ", ".join(f"{use.scorecard} {use.share:.1%}" for use in line.scorecards) or "–",
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: Iterable[str]) -> int:
    """Write the page to the file named, or to standard output; returns the exit status."""
    page = metrics_page()
    for name in arguments:
        Path(name).write_text(page, "utf-8")
        return 0
    sys.stdout.write(page)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
