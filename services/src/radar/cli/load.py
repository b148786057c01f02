"""``radar import``: files of events through the HTTP API."""

from pathlib import Path
from typing import Annotated

import typer

from radar.cli.http import client, greet
from radar.cli.options import DEFAULT_URL, AsJson, Key, Url
from radar.cli.output import print_json, print_line
from radar.cli.progress import reading
from radar.importer.loading import check_files, load
from radar.importer.mapping import load_mapping
from radar.importer.receipts import Summary
from radar.importer.tables import Tables
from radar.importer.transport import EventsApi
from radar_chassis.errors import RadarError


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(
        "import", epilog="Example: RADAR_KEY=radar_… radar import --history usage.ndjson.gz contracts.csv"
    )(import_)


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="NDJSON, CSV (both also .gz) or Parquet.")
    ],
    *,
    history: Annotated[
        bool,
        typer.Option(help="The events are from the past. They count as known from the moment they happened."),
    ] = False,
    mapping: Annotated[Path | None, typer.Option(help="YAML file that maps columns to event fields.")] = None,
    allow_rejected: Annotated[
        bool, typer.Option("--allow-rejected", help="Exit with 0 even if some records were rejected.")
    ] = False,
    lanes: Annotated[int, typer.Option(min=1, max=16, help="Number of parallel requests.")] = 4,
    url: Url = DEFAULT_URL,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Import events from files. Safe to repeat after a failure: known events count as duplicates.

    A mapping has columns (event field: your column; data.x for fields of data), constants, type (column, values,
    default), prefix, time_zone, and periods if each row is a billing period. For several kinds of files, use files: a
    list of such mappings, each with match, a pattern of file names. See docs/importing.md for examples.
    """
    total = check_files(files)
    tables = Tables(load_mapping(mapping) if mapping else None)
    tables.check(files)
    summary = Summary()
    failure: RadarError | None = None
    with client(url, key) as http:
        greet(http)
        try:
            with reading(total) as progress:
                load(files, EventsApi(http, history=history), tables, summary, lanes=lanes, progress=progress)
        except RadarError as error:
            failure = error
    if as_json:
        print_json({**summary.as_json(), "left_out": tables.left_out})
    else:
        _print(summary, tables.left_out)
    if failure is not None:
        raise failure
    if summary.rejected and not allow_rejected:
        raise typer.Exit(1)


def _print(summary: Summary, left_out: int) -> None:
    print_line(f"accepted {summary.accepted:>12,}")
    print_line(f"duplicate {summary.duplicate:>11,}")
    print_line(f"rejected {summary.rejected:>12,}")
    for code, group in sorted(summary.rejections.items(), key=lambda one: -one[1].count):
        print_line(f"  {group.count:,} × {code}: {group.reason} First: {', '.join(group.examples)}.")
    for group in summary.warnings.values():
        print_line(f"note: {group.count:,} × {group.reason} First: {', '.join(group.examples)}.")
    if left_out:
        print_line(f"note: {left_out:,} rows have no event type in the mapping and were skipped.")
