"""``radar simulate``: a made-up company, to a file or to the product."""

import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated

import typer

from radar.cli.http import client, greet
from radar.cli.options import DEFAULT_URL, AsJson, Key, Url
from radar.cli.output import print_json, print_line
from radar.importer.receipts import Summary
from radar.importer.record import Record
from radar.importer.transport import EventsApi
from radar.simulator.batches import batches
from radar.simulator.company import Company
from radar.simulator.live import live
from radar.simulator.native import NativeEvent, ndjson
from radar_chassis.errors import ConfigurationError

BATCH = 4_000


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(epilog="Example: radar simulate --accounts 200 --days 365 --seed 7 --out company.ndjson")(
        simulate
    )


def simulate(
    *,
    accounts: Annotated[int, typer.Option(min=1, max=100_000, help="Number of customers.")] = 60,
    days: Annotated[int, typer.Option(min=1, max=3_650, help="Days of usage before --end.")] = 120,
    seed: Annotated[int, typer.Option(help="The same seed creates the same company.")] = 1,
    end: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last day of the events. Default: now."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Write NDJSON to this file (- for stdout) instead of sending the events."),
    ] = None,
    is_live: Annotated[
        bool, typer.Option("--live", help="Continue to send new events in real time until interrupted.")
    ] = False,
    url: Url = DEFAULT_URL,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Simulate a company with many kinds of customers. Send its events, or write them to a file."""
    now = datetime.now(UTC)
    until = end.replace(hour=23, minute=59, second=59, tzinfo=UTC) if end else now
    if is_live and (out is not None or end is not None):
        raise ConfigurationError("--live sends events in real time: don't combine it with --out or --end.")
    company = Company(accounts=accounts, days=days, seed=seed, anchor=until.date())
    if out is not None:
        _write(company, until, out, as_json=as_json)
        return
    with client(url, key) as http:
        greet(http)
        summary = Summary()
        for batch in batches(company.history(until), most=BATCH):
            _send(EventsApi(http, history=True), batch, summary)
        _report(summary, as_json=as_json)
        if is_live:
            live(company, until, lambda events: _send(EventsApi(http, history=False), events, summary))


def _write(company: Company, until: datetime, out: Path, *, as_json: bool) -> None:
    count = 0
    try:
        with _opened(out) as file:
            for events in company.history(until):
                file.write(ndjson(events))
                count += len(events)
    except OSError as error:
        raise ConfigurationError(
            f"Can't write {out} ({error.strerror}); name another file with --out."
        ) from error
    if as_json and str(out) != "-":
        print_json({"file": str(out), "events": count, "accounts": company.accounts})
    elif str(out) != "-":
        print_line(f"Wrote {count:,} events of {company.accounts:,} accounts to {out}.")


def _opened(out: Path) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdout.buffer) if str(out) == "-" else out.open("wb")


def _send(api: EventsApi, events: list[NativeEvent], summary: Summary) -> None:
    lines = ndjson(events).splitlines()
    records = [
        Record(account_id=event.account_id, line=line, place=event.id)
        for event, line in zip(events, lines, strict=True)
    ]
    summary.add(records, api.send(lines))


def _report(summary: Summary, *, as_json: bool) -> None:
    if as_json:
        print_json(summary.as_json())
    else:
        print_line(
            f"Sent: {summary.accepted:,} accepted, {summary.duplicate:,} duplicate, {summary.rejected:,} rejected."
        )
