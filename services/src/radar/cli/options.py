"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Data: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--data", help="Folder of the embedded product. Also RADAR_DATA; RADAR_DATABASE_URL for PostgreSQL."
    ),
]
Host: TypeAlias = Annotated[str | None, typer.Option("--host", help="Address to listen on. Also RADAR_HOST.")]
Port: TypeAlias = Annotated[
    int | None, typer.Option("--port", help="Port to listen on; 0 takes a free one. Also RADAR_PORT.")
]
Url: TypeAlias = Annotated[
    str, typer.Option("--url", envvar="RADAR_URL", help="Where the product answers.", show_envvar=True)
]
Key: TypeAlias = Annotated[
    str | None, typer.Option("--key", envvar="RADAR_KEY", help="An API key.", show_envvar=True)
]
DEFAULT_URL = "http://127.0.0.1:8000"
