"""``radar dead-letter``: records that couldn't be used, and their way back."""

from collections.abc import Sequence
from typing import Annotated, Any

import httpx2
import msgspec
import typer

from radar.cli.http import client, request_json
from radar.cli.options import DEFAULT_URL, AsJson, Key, Url
from radar.cli.output import print_json, print_line, print_table
from radar_chassis.errors import ConfigurationError
from radar_vocabulary.answers.dead_letters import DeadLetterLine, ReplayAnswer, ReplayOutcome
from radar_vocabulary.answers.page import Page

app = typer.Typer(help="Records that could not be processed.", no_args_is_help=True)
AT_ONCE = 200
REPLAYED_AT_ONCE = 500

Step = Annotated[
    str | None, typer.Option(help="Only records that failed at this step, such as ingest.native.")
]
Code = Annotated[str | None, typer.Option(help="Only records with this error code.")]


@app.command("list", epilog="Example: radar dead-letter list --step ingest.native --limit 20")
def list_(
    *,
    step: Step = None,
    code: Code = None,
    every: Annotated[bool, typer.Option("--all", help="Include records that were already replayed.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of records, newest first.")] = 50,
    url: Url = DEFAULT_URL,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """List parked records: when, where and why each failed."""
    wanted = {"step": step, "code": code, "state": None if every else "parked"}
    items: list[DeadLetterLine] = []
    with client(url, key) as http:
        cursor: str | None = None
        while len(items) < limit:
            query = {**wanted, "cursor": cursor, "limit": min(AT_ONCE, limit - len(items))}
            page = request_json(
                http,
                "GET",
                "/v1/dead-letters",
                Page[DeadLetterLine],
                params={name: value for name, value in query.items() if value},
            )
            items += page.items
            cursor = page.next_cursor
            if cursor is None:
                break
    if as_json:
        print_json(msgspec.to_builtins({"items": items}))
    elif items:
        columns = ("id", "at", "step", "account_id", "code", "reason")
        print_table(columns, [[shown[column] for column in columns] for shown in msgspec.to_builtins(items)])
    else:
        print_line("No parked records.")


@app.command(epilog="Example: radar dead-letter replay --step score")
def replay(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of the records to replay.")] = None,
    *,
    step: Step = None,
    code: Code = None,
    url: Url = DEFAULT_URL,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Process parked records again. Safe to repeat: nothing is counted twice."""
    if not ids and step is None and code is None:
        raise ConfigurationError("Name the records: give ids, --step or --code.")
    with client(url, key) as http:
        answer = _replay_all(http, ids) if ids else _replay_matching(http, {"step": step, "code": code})
    if as_json:
        print_json(msgspec.to_builtins(answer))
    else:
        print_line(f"Replayed {answer.replayed}, still parked {answer.parked}.")
        for letter in answer.results:
            if letter.state != "replayed":
                print_line(f"  {letter.id}: {letter.reason}")
    if answer.parked:
        raise typer.Exit(1)


def _replay_all(http: httpx2.Client, ids: Sequence[str]) -> ReplayAnswer:
    parts = [ids[at : at + REPLAYED_AT_ONCE] for at in range(0, len(ids), REPLAYED_AT_ONCE)]
    return _answer([one for part in parts for one in _replay(http, {"ids": part})])


def _replay_matching(http: httpx2.Client, which: dict[str, Any]) -> ReplayAnswer:
    """Replay until an answer brings only letters that were tried before: the product takes the untried ones first."""
    outcomes: dict[str, ReplayOutcome] = {}
    while True:
        tried = {one.id: one for one in _replay(http, {**which, "limit": REPLAYED_AT_ONCE})}
        fresh = tried.keys() - outcomes.keys()
        outcomes.update(tried)
        if not fresh or len(tried) < REPLAYED_AT_ONCE:
            return _answer(list(outcomes.values()))


def _replay(http: httpx2.Client, wish: dict[str, Any]) -> list[ReplayOutcome]:
    return request_json(
        http, "POST", "/v1/dead-letters/replay", ReplayAnswer, json=wish, timeout=120.0
    ).results


def _answer(outcomes: list[ReplayOutcome]) -> ReplayAnswer:
    done = sum(one.state == "replayed" for one in outcomes)
    return ReplayAnswer(replayed=done, parked=len(outcomes) - done, results=outcomes)
