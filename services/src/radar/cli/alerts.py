"""``radar alerts rules check`` and ``radar alerts route``: rules and routing, looked at without waiting for a case."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec
import typer

from radar.cli.http import client, request_json
from radar.cli.options import DEFAULT_URL, AsJson, Key, Url
from radar.cli.output import print_json, print_line, print_table
from radar_vocabulary.answers.routes import RouteAnswer, RouteReceiver
from radar_vocabulary.contracts.alerts import Severity

if TYPE_CHECKING:
    from radar_alerts.domain.rules.rule import Rule, Window

rules = typer.Typer(
    help="Look at rules before they are put in force.",
    no_args_is_help=True,
)


def register(alerts: typer.Typer) -> None:
    """Add the commands to the group ``alerts``."""
    alerts.add_typer(rules, name="rules")
    alerts.command(epilog="Example: radar alerts route --account acme --rule renewal_risk")(route)


@rules.command(epilog="Example: radar alerts rules check ./rules")
def check(
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILES…", help="Rule files, or folders of them. None: the built-in rules."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check rules before activation: list every mistake, or all rules as they will be in force."""
    from radar_alerts.domain.rules.load import built_in_rules, files_of, rules_with  # noqa: PLC0415
    from radar_alerts.domain.rules.rule_file import RulesInvalid  # noqa: PLC0415

    files = [file for path in paths or () for file in (files_of(path) if path.is_dir() else [path])]
    try:
        found = rules_with(files)
    except RulesInvalid as error:
        if as_json:
            print_json({"mistakes": error.problems})
        raise
    built_in = {one.name: one.version for one in built_in_rules()}
    rows = [_row(rule, built_in.get(rule.name)) for rule in found.rules]
    if as_json:
        print_json({"version": found.version, "rules": rows})
        return
    print_table(
        ("rule", "opens", "severity", "window", "held", "cap", "origin", "version"),
        [
            (row["name"], row["opens"], row["severity"], _days(rule.window), f"{row['held_days']:g} d",
             row["cap"], row["origin"], row["version"])
            for row, rule in zip(rows, found.rules, strict=True)
        ],
    )  # fmt: skip


def route(
    *,
    account: Annotated[str, typer.Option(help="The account's id.")],
    rule: Annotated[str | None, typer.Option(help="The rule that opens the case.")] = None,
    severity: Annotated[
        Severity | None,
        typer.Option(help="Severity. Default: the rule's, or the renewal's where that is worse."),
    ] = None,
    url: Url = DEFAULT_URL,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Show whom a case of an account would go to if it opened now, when, and why. Nothing is sent."""
    query = {"rule": rule, "severity": severity, "language": "en"}
    with client(url, key) as http:
        answer = request_json(
            http,
            "GET",
            f"/v1/accounts/{quote(account, safe='')}/route",
            RouteAnswer,
            params={name: value for name, value in query.items() if value},
        )
    if as_json:
        print_json(msgspec.to_builtins(answer))
        return
    print_line(
        f"A case of {answer.account_id}, severity {answer.severity}, opened {_moment(answer.at, 'UTC')}:"
    )
    for step in answer.explanation:
        print_line(f"  {step}")
    print_table(
        ("receiver", "kind", "channels", "language", "told", "because"),
        [
            (
                one.name,
                one.kind,
                ", ".join(one.channels),
                one.language,
                _told(one),
                "; ".join(one.tier_reasons),
            )
            for one in answer.receivers
        ],
    )


def _told(one: RouteReceiver) -> str:
    """Return when a receiver is told, by the clock on their wall."""
    at = _moment(one.told_at, one.time_zone)
    return {
        "nothing": "now",
        "quiet_hours": f"{at}, when quiet hours end",
        "digest": f"{at}, in the digest",
        "budget": f"{at}, in the digest, as today's messages at once are used up",
    }[one.waits_for]


def _moment(at: datetime, time_zone: str) -> str:
    """Return a moment as a clock in the time zone shows it."""
    return f"{at.astimezone(ZoneInfo(time_zone)):%Y-%m-%d %H:%M} ({time_zone})"


def _row(rule: "Rule", built_in: str | None) -> dict[str, Any]:
    """Return a rule as JSON has it; ``built_in``: the version of the built-in rule of its name, if any."""
    return {
        "name": rule.name,
        "version": rule.version,
        "origin": "own" if built_in is None else "built-in" if built_in == rule.version else "changed",
        "kind": rule.kind,
        "opens": rule.opens,
        "severity": rule.severity,
        "window": None
        if rule.window is None
        else {"earliest": rule.window.earliest, "latest": rule.window.latest},
        "held_days": rule.held.total_seconds() / 86400,
        "cap": rule.cap,
        "rests_on": sorted(rule.rests_on),
        "playbook": rule.playbook,
    }


def _days(window: "Window | None") -> str:
    if window is None:
        return "always"
    earliest = "" if window.earliest is None else window.earliest
    latest = "" if window.latest is None else window.latest
    return f"{earliest}–{latest} d"
