"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Data: TypeAlias = Annotated[
    Path | None,
    typer.Option("--data", help="Data folder. Also RADAR_DATA. For PostgreSQL, set RADAR_DATABASE_URL."),
]
Host: TypeAlias = Annotated[str | None, typer.Option("--host", help="Address to listen on. Also RADAR_HOST.")]
Port: TypeAlias = Annotated[
    int | None, typer.Option("--port", help="Port to listen on; 0 picks a free port. Also RADAR_PORT.")
]
Url: TypeAlias = Annotated[
    str, typer.Option("--url", envvar="RADAR_URL", help="Address of the running product.", show_envvar=True)
]
Key: TypeAlias = Annotated[
    str | None, typer.Option("--key", envvar="RADAR_KEY", help="An API key.", show_envvar=True)
]
DEFAULT_URL = "http://127.0.0.1:8000"
