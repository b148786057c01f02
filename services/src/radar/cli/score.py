"""``radar score replay`` and ``radar score check``: scorecards, tried on the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from radar.cli.options import AsJson, Data
from radar.cli.output import print_json, print_line, print_table
from radar.cli.progress import counting
from radar.cli.stores import store_settings
from radar_chassis.clock import SystemClock
from radar_chassis.errors import ConfigurationError

if TYPE_CHECKING:
    from radar.replay.run import Replay, ReplayRequest, Take

Every = Literal["day", "week"]
_WHICH = "a file, a folder, a version (or its beginning), the name of an active one, `then` or `current`"
_DAY = ["%Y-%m-%d"]


def register(score: typer.Typer) -> None:
    """Add the commands to the group ``score``."""
    score.command(epilog="Example: radar score replay --from 2026-09-01 --to 2026-10-31 --account acme")(
        replay
    )
    score.command(epilog="Example: radar score check ./scorecards")(check)


def replay(  # noqa: PLR0913 - its options
    *,
    first: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First day.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Last day.")] = None,
    as_of: Annotated[
        list[str] | None,
        typer.Option(
            help="A moment instead of --from and --to: a day (its end), or 2026-11-21T10:00:00Z. Repeat for several."
        ),
    ] = None,
    every: Annotated[Every, typer.Option(help="Interval between days, counted back from the last.")] = "day",
    account: Annotated[
        list[str] | None, typer.Option(help="An account. Repeat for several. Default: all.")
    ] = None,
    scorecard: Annotated[str, typer.Option(help=f"Scorecard to use: {_WHICH}.")] = "then",
    against: Annotated[
        str | None, typer.Option(help="A second scorecard, to compare with the first.")
    ] = None,
    movers: Annotated[
        int, typer.Option(min=0, max=1000, help="Number of accounts to list in a comparison.")
    ] = 10,
    workers: Annotated[
        int, typer.Option(min=0, max=64, help="Number of processes. 0: one per core if worthwhile.")
    ] = 0,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write every score to this file as CSV.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Compute past health scores under any scorecard, with only what was known then.

    `then`: the scorecards and manual overrides in force at each moment, that is, what was shown. `current`: those in
    force now. A named scorecard applies to every account. Safe while the product runs: it only reads.
    """
    from radar.replay.days import moments  # noqa: PLC0415 - slow to import
    from radar.replay.run import ReplayRequest, nowhere, replayed  # noqa: PLC0415
    from radar_health_score.main import migrate  # noqa: PLC0415

    settings = store_settings(data=data)
    now = SystemClock().now()
    request = ReplayRequest(
        moments=moments(settings.time_zone, now, first=first, last=last, as_of=as_of or (), every=every),
        account_ids=tuple(account or ()),
        scorecards=(scorecard,) if against is None else (scorecard, against),
        movers=movers,
        workers=workers,
    )
    migrate(settings)
    with counting("replaying accounts") as progress:
        done = replayed(
            settings,
            request,
            progress,
            sink=nowhere if csv is None else partial(_csv, csv, settings.time_zone, request),
            keep=as_json or (csv is None and against is None),
        )
    _print(done, as_json=as_json, in_full=csv is None)


def check(
    *,
    path: Annotated[Path, typer.Argument(help="A scorecard file, or a folder of scorecards.")],
    as_json: AsJson = False,
) -> None:
    """Check scorecards before activation: list every mistake, or the accounts each one applies to."""
    from radar_health_score.adapters.scorecard_folder import load_scorecard, load_scorecards  # noqa: PLC0415

    if path.is_dir():
        cards = load_scorecards(path).in_force()
    elif path.exists():
        cards = (load_scorecard(path),)
    else:
        raise ConfigurationError(f"There is no {path}; name a scorecard file or a folder of scorecards.")
    rows = [
        {"name": one.name, "version": one.version, "applies_to": one.applies_to.conditions()} for one in cards
    ]
    if as_json:
        print_json({"scorecards": rows})
        return
    print_table(
        ("scorecard", "version", "applies to"),
        [(one.name, one.version, one.applies_to.text()) for one in cards],
    )


def _print(done: "Replay", *, as_json: bool, in_full: bool) -> None:
    from radar.replay.rows import as_document, comparison_lines, table  # noqa: PLC0415

    if as_json:
        print_json(as_document(done))
    elif done.comparison is not None:
        for line in comparison_lines(done):
            print_line(line)
    elif not done.scores:
        print_line("No account data at these moments.")
    elif in_full:
        print_table(*table(done))
    else:
        print_line(f"{done.scores:,} scores of {done.accounts:,} accounts.")


@contextmanager
def _csv(path: Path, zone: str, request: "ReplayRequest") -> Iterator["Take"]:
    from radar.replay.rows import csv_rows  # noqa: PLC0415

    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield csv_rows(zone, request, file)
    except OSError as error:
        raise ConfigurationError(f"Can't write {path} ({error.strerror}); choose another path.") from error
