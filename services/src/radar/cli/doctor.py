"""``radar doctor``: is everything there, and in order?"""

from dataclasses import asdict
from typing import Annotated

import typer

from radar.cli.options import AsJson, Data
from radar.cli.output import print_json, print_table
from radar.cli.stores import quiet_settings
from radar_chassis.errors import ConfigurationError


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(epilog="Example: RADAR_URL=http://127.0.0.1:8000 radar doctor --data ./data")(doctor)


def doctor(
    *,
    data: Data = None,
    url: Annotated[
        str | None, typer.Option(envvar="RADAR_URL", help="Address of the running product.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check settings, log, databases, addresses and channels. Sends nothing. Exits with 1 if a check fails."""
    from radar.doctor.examine import examine  # noqa: PLC0415 - what a store needs is slow to import
    from radar.doctor.finding import Finding  # noqa: PLC0415

    try:
        findings = list(examine(quiet_settings(data=data), url=url))
    except ConfigurationError as error:
        findings = [Finding(check="settings", state="failed", detail=error.detail)]
    if as_json:
        print_json({"findings": [asdict(one) for one in findings]})
    else:
        print_table(("check", "state", "detail"), [(one.check, one.state, one.detail) for one in findings])
    if any(one.state == "failed" for one in findings):
        raise typer.Exit(1)
