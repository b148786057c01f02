"""``radar keys``: API keys, straight in the store."""

from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from radar.cli.options import AsJson, Data
from radar.cli.output import print_json, print_line, print_table
from radar.cli.stores import open_keys

if TYPE_CHECKING:
    from radar_chassis.access.keys import ApiKey


class ScopeName(Enum):
    """The scopes, as the command line's library wants choices."""

    INGEST = "ingest"
    READ = "read"
    ACT = "act"
    ADMIN = "admin"


app = typer.Typer(help="Create, list and revoke API keys.", no_args_is_help=True)


@app.command(epilog="Example: radar keys create billing-sync --scope ingest --days 365")
def create(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    *,
    scope: Annotated[
        list[ScopeName], typer.Option("--scope", help="What the key may do; repeat for several scopes.")
    ],
    days: Annotated[
        int | None, typer.Option(min=1, help="Days until the key expires. Default: never.")
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Create a key. It is shown only once; the store keeps only its hash."""
    expires = datetime.now(UTC) + timedelta(days=days) if days else None
    with open_keys(data, new=True) as keys:
        whole, key = keys.create(name, frozenset(one.value for one in scope), expires_at=expires)
    if as_json:
        print_json({"key": whole, **_described(key)})
    else:
        print_line(whole)


@app.command("list", epilog="Example: radar keys list --data ./data")
def list_(*, data: Data = None, as_json: AsJson = False) -> None:
    """List the keys, without their secrets."""
    with open_keys(data) as keys:
        every = [_described(key) for key in keys.every()]
    if as_json:
        print_json({"items": every})
        return
    columns = ("id", "name", "scopes", "created", "expires", "revoked")
    print_table(
        columns,
        [
            (
                key["key_id"],
                key["name"],
                " ".join(key["scopes"]),
                *(_short(key[f"{when}_at"]) for when in columns[3:]),
            )
            for key in every
        ],
    )


@app.command(epilog="Example: radar keys revoke 1f0c9a3b5d7e")
def revoke(
    key_id: Annotated[str, typer.Argument(help="The key's id: the part between the underscores.")],
    *,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Revoke a key. Services reject it within 15 seconds. This can't be undone."""
    with open_keys(data) as keys:
        keys.revoke(key_id)
    if as_json:
        print_json({"revoked": key_id})
    else:
        print_line(f"Revoked {key_id}.")


def _described(key: "ApiKey") -> dict[str, Any]:
    return {
        "key_id": key.key_id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "created_at": key.created_at.isoformat(),
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }


def _short(moment: str | None) -> str:
    return "" if moment is None else moment[:16].replace("T", " ")
