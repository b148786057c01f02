"""``radar run``, and one command for each service."""

from typing import Annotated, Any

import typer

from radar.cli.options import AsJson, Data, Host, Port
from radar.settings import Settings, load_settings

score = typer.Typer(
    help="Run the health-score service, or try scorecards on past days.",
    invoke_without_command=True,
    epilog="Example: radar score --port 8002",
)
alerts = typer.Typer(
    help="Run the alerts service, check its rules, or ask where a case would go.",
    invoke_without_command=True,
    epilog="Example: radar alerts --port 8003",
)


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command(epilog="Example: radar run --sample --data ./data --port 8000")(run)
    app.command(epilog="Example: radar ingest --port 8001")(ingest)
    app.add_typer(score, name="score")
    app.add_typer(alerts, name="alerts")
    app.command(epilog="Example: RADAR_HEALTH_URL=http://score:8000 radar console")(console)


def run(
    *,
    sample: Annotated[bool, typer.Option("--sample/--no-sample", help="Load a sample company.")] = False,
    data: Data = None,
    host: Host = None,
    port: Port = None,
    as_json: AsJson = False,
) -> None:
    """Run everything in one process: log, databases, services and console. All data is stored in --data."""
    from radar.runner import run_embedded  # noqa: PLC0415 - what a server needs is slow to import

    run_embedded(_settings(as_json=as_json, data=data, host=host, port=port), sample=sample, as_json=as_json)


def ingest(*, data: Data = None, host: Host = None, port: Port = None, as_json: AsJson = False) -> None:
    """Run the ingest service: it receives events over HTTP."""
    _service("ingest", as_json=as_json, data=data, host=host, port=port)


@score.callback()
def score_service(
    context: typer.Context,
    *,
    data: Data = None,
    host: Host = None,
    port: Port = None,
    as_json: AsJson = False,
) -> None:
    """Run the health-score service: it consumes events, computes scores and answers questions about accounts."""
    if context.invoked_subcommand is None:
        _service("score", as_json=as_json, data=data, host=host, port=port)


@alerts.callback()
def alerts_service(
    context: typer.Context,
    *,
    data: Data = None,
    host: Host = None,
    port: Port = None,
    as_json: AsJson = False,
) -> None:
    """Run the alerts service: it consumes scores, opens alerts and sends messages."""
    if context.invoked_subcommand is None:
        _service("alerts", as_json=as_json, data=data, host=host, port=port)


def console(*, data: Data = None, host: Host = None, port: Port = None, as_json: AsJson = False) -> None:
    """Run the console: web pages on top of the services' APIs."""
    _service("console", as_json=as_json, data=data, host=host, port=port)


def _service(kind: str, *, as_json: bool, **settings: Any) -> None:
    from radar.runner import run_service  # noqa: PLC0415

    run_service(kind, _settings(as_json=as_json, **settings))


def _settings(*, as_json: bool, **settings: Any) -> Settings:
    return load_settings(**settings, log_format="json" if as_json else None)
