"""``radar db``: the tables."""

import typer

from radar.cli.options import AsJson, Data
from radar.cli.output import print_json, print_line
from radar.cli.stores import quiet_settings

app = typer.Typer(help="Manage the databases.", no_args_is_help=True)


@app.callback()
def databases() -> None:
    """Manage the databases."""


@app.command(epilog="Example: RADAR_DATABASE_URL=postgresql+psycopg://radar@db/radar radar db upgrade")
def upgrade(*, data: Data = None, as_json: AsJson = False) -> None:
    """Migrate every service's tables to the current version. Safe to repeat, also while the product runs."""
    from radar.runtime import key_store  # noqa: PLC0415 - what a store needs is slow to import
    from radar.services import SERVICES  # noqa: PLC0415
    from radar_chassis.clock import SystemClock  # noqa: PLC0415

    settings = quiet_settings(data=data)
    keys = key_store(settings, SystemClock())
    keys.migrate()
    keys.close()
    done = ["access"]
    for name, service in SERVICES.items():
        service.migrate(settings)
        done.append(name)
    if as_json:
        print_json({"upgraded": done})
    else:
        print_line(f"Up to date: {', '.join(done)}.")
