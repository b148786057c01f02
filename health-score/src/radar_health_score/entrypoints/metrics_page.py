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

This page is made from the catalogue by `make docs`; a test fails when it is out of date. Change a metric where it is
defined: the docstring of its function in `health-score/src/radar_health_score/domain/metrics`.

The window is the 28 days that end with the as-of moment, days as the workspace cuts them. Every metric is a pure
function of what was known at that moment, and is *missing, because …* where it can't be told: missing is not zero. The
last column is the metric's share of the score in the built-in scorecards where everything is known.
`GET /v1/metrics/catalogue` says the same of the scorecards in force.
"""
_TITLES: Final[dict[Dimension, str]] = {"users": "Users", "behaviour": "Behaviour", "outcomes": "Outcomes"}
_HEALTHIER: Final = {"higher": "higher is healthier", "lower": "lower is healthier", "neutral": "neither way"}


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
