"""``radar backtest``: how well the scorecard, the model and rules of thumb would have foretold who didn't renew."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from radar.cli.estimates import point, span
from radar.cli.options import Data
from radar.cli.output import print_line, print_table
from radar.cli.progress import stages
from radar.cli.stores import store_settings
from radar_chassis.clock import SystemClock
from radar_chassis.errors import ConfigurationError

if TYPE_CHECKING:
    from radar_health_score.domain.forecast.backtest import Backtest
    from radar_health_score.service.forecast.backtesting import Run

STAGES: Final = {"observing": "observing accounts", "judging": "learning and judging"}
LONGEST = 365
COLUMNS = (
    "lead", "scorer", "n", "AUC", "average precision", "Brier", "ECE", "slope", "lift, top 10%", "recall, top 20%",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(epilog="Example: radar backtest --data ./data --split 2026-01-01 --report ./report")(backtest)


def backtest(
    *,
    split: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Train on outcomes known by this day, test on later ones. "
            "Default: the day by which 65% of outcomes were known.",
        ),
    ] = None,
    leads: Annotated[
        str, typer.Option(help="Days before the renewal date at which to predict.")
    ] = "90,60,30",
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write all figures to this file as JSON (- for stdout).")
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option(help="Write each scorer's prediction for each contract end to this file as CSV."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(help="Write a report into this folder: report.html, lift.svg, reliability.svg."),
    ] = None,
    data: Data = None,
) -> None:
    """Test the scorers on past renewals: which of them would have predicted churn with what was known then.

    Nothing after the split date is used for training. Safe while the product runs. The result is stored.
    """
    days = _leads(leads)
    _check_places(json_file, predictions)
    settings = store_settings(data=data)
    from radar_health_score.forecast_jobs import backtest_job  # noqa: PLC0415 - slow to import
    from radar_health_score.main import migrate  # noqa: PLC0415

    migrate(settings)
    with backtest_job(settings, SystemClock()) as job, stages(STAGES) as progress:
        name, run = job.run(progress, split=split.date() if split else None, leads=days)
    if predictions is not None:
        _write_predictions(run, predictions)
    if json_file is not None:
        _write_json(name, run, json_file)
    if report is not None:
        _write_report(run, report)
    if str(json_file) != "-":
        _print(name, run.backtest)


def _leads(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) <= LONGEST for part in parts):
        raise ConfigurationError(f"--leads are days from 0 to {LONGEST}, such as 90,60,30.")
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def _check_places(*files: Path | None) -> None:
    """Refuse what can't be written before minutes are spent on it."""
    for file in files:
        if file is not None and not file.parent.is_dir():
            raise ConfigurationError(f"There is no folder {file.parent}; create it, or choose another path.")


def _write_predictions(run: "Run", path: Path) -> None:
    from radar_health_score.service.forecast.predictions import write_predictions  # noqa: PLC0415

    with _writing(path), path.open("w", encoding="utf-8", newline="") as file:
        write_predictions(run, file)


def _write_json(name: str, run: "Run", path: Path) -> None:
    import msgspec  # noqa: PLC0415

    text = msgspec.json.format(
        msgspec.json.encode({"id": name, **msgspec.to_builtins(run.backtest)}), indent=1
    )
    if str(path) == "-":
        print_line(text.decode())
    else:
        with _writing(path):
            path.write_bytes(text + b"\n")


def _write_report(run: "Run", folder: Path) -> None:
    from radar_health_score.adapters.backtest_report import write_report  # noqa: PLC0415 - slow to import

    with _writing(folder):
        write_report(run.backtest, folder)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigurationError(f"Can't write {path} ({error.strerror}); choose another path.") from error


def _print(name: str, backtest: "Backtest") -> None:
    learned, tested = backtest.trained_on, backtest.tested_on
    chosen = (
        "as requested" if backtest.split_chosen == "given" else "the day by which 65% of outcomes were known"
    )
    print_line(f"Split: {backtest.split}, {chosen}.")
    print_line(
        f"Trained on {learned.ends:,} contract ends ({learned.churned:,} churned), "
        f"tested on {tested.ends:,} ({tested.churned:,} churned)."
    )
    for scorer in backtest.scorers:
        if scorer.abstains is not None:
            print_line(f"{scorer.title} gives no result: {scorer.abstains}.")
    print_line("")
    rows = [row for row in backtest.rows if row.segment == "all" and row.n]
    titles = {scorer.name: scorer.title for scorer in backtest.scorers}
    print_table(
        COLUMNS,
        [
            (
                f"T-{row.lead_days}", titles[row.scorer], row.n, span(row.auc), span(row.average_precision),
                span(row.brier), point(row.ece), point(row.calibration_slope), point(row.lift_10, 2),
                point(row.recall_20, 2),
            )
            for row in sorted(rows, key=lambda row: -row.lead_days)
        ],
    )  # fmt: skip
    from radar_health_score.domain.forecast.coverage import coverage_in_words  # noqa: PLC0415 - slow to import

    print_line("")
    for told in backtest.coverage:
        print_line(f"{titles[told.scorer]}: {coverage_in_words(told)}")
    print_line(f"95% intervals in brackets (accounts resampled). Stored as {name}.")
