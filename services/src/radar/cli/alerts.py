"""``radar alerts rules check``: rules, looked at before they are put in force."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from radar.cli.options import AsJson
from radar.cli.output import print_json, print_table

if TYPE_CHECKING:
    from radar_alerts.domain.rules.rule import Rule, Window

rules = typer.Typer(
    help="Look at rules before they are put in force.",
    no_args_is_help=True,
)


def register(alerts: typer.Typer) -> None:
    """Add the commands to the group ``alerts``."""
    alerts.add_typer(rules, name="rules")


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
