"""``radar models``: versions of the renewal forecast, and which of them speaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from radar.cli.estimates import span
from radar.cli.options import AsJson, Data
from radar.cli.output import print_json, print_line, print_table
from radar.cli.stores import store_settings
from radar.cli.train import print_judged
from radar_chassis.clock import SystemClock
from radar_chassis.errors import Conflict

if TYPE_CHECKING:
    from radar_chassis.store.database import Database
    from radar_health_score.repositories.model_registry import ModelRegistry
    from radar_vocabulary.answers.models import ChampionPeriod

app = typer.Typer(help="Manage versions of the renewal model.", no_args_is_help=True)
Version = Annotated[str, typer.Argument(help="A version, or the beginning of one.")]
Note = Annotated[str, typer.Option(help="Reason, for the champion history.")]


@app.command("list", epilog="Example: radar models list --data ./data")
def list_models(*, data: Data = None, as_json: AsJson = False) -> None:
    """List all versions, newest first. The champion is marked with *."""
    from radar_health_score.service.queries.models import ModelQueries  # noqa: PLC0415

    with _registry(data) as (database, registry):
        page = ModelQueries(database, registry).page()
    if as_json:
        _print_json(page)
        return
    if not page.items:
        print_line("No model yet. `radar train` creates one. Until then the scorecard is in use.")
        return
    print_table(
        ("", "version", "kind", "made", "ends", "churned", "AUC, later ends", "Brier"),
        [
            (
                "*" if card.champion else "", card.version, card.kind, f"{card.made_at:%Y-%m-%d %H:%M}",
                card.learnt.ends, card.learnt.churned,
                span(card.judged.auc) if card.judged else "-", span(card.judged.brier) if card.judged else "-",
            )
            for card in page.items
        ],
    )  # fmt: skip


@app.command(epilog="Example: radar models show 3f2a --json")
def show(version: Version, *, data: Data = None, as_json: AsJson = False) -> None:
    """Show one version: training data, evaluation, and when it was champion."""
    from radar_health_score.service.queries.models import ModelQueries  # noqa: PLC0415

    with _registry(data) as (database, registry):
        card = ModelQueries(database, registry).one(version)
    if as_json:
        _print_json(card)
        return
    learnt = card.learnt
    print_line(f"Model {card.version} ({card.kind}), made {card.made_at:%Y-%m-%d %H:%M} UTC.")
    print_line(
        f"Trained on {learnt.ends:,} contract ends ({learnt.churned:,} churned) observed from {learnt.first} on, "
        f"outcomes known by {learnt.until:%Y-%m-%d}; {card.features} features ({card.features_hash}), "
        f"data {card.fingerprint}."
    )
    print_judged(card)
    for period in card.reigns:
        print_line(_sentence(period))


@app.command(epilog="Example: radar models promote 3f2a --note 'after the review'")
def promote(
    version: Version,
    *,
    note: Note = "",
    force: Annotated[
        bool, typer.Option("--force", help="Promote it even if it is not proven better; needs --note.")
    ] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a version the champion. The product loads it automatically."""
    from radar_health_score.service.forecast.registry import found, hindrances, promoted  # noqa: PLC0415

    if force and not note:
        raise typer.BadParameter("give the reason with --note", param_hint="--force")
    with _registry(data) as (database, registry):
        with database.reading() as connection:
            against = hindrances(registry, connection, found(registry, connection, version))
        if against and not force:
            raise Conflict(
                f"Not promoted: {'; '.join(against)}. To promote it anyway, use --force with --note."
            )
        period = database.run(
            lambda connection: promoted(
                registry, connection, version, at=SystemClock().now(), act="forced" if against else "promoted",
                note=note,
            )
        )  # fmt: skip
    _print_period(period, as_json=as_json)


@app.command(epilog="Example: radar models rollback --note 'alerts went quiet'")
def rollback(*, note: Note = "", data: Data = None, as_json: AsJson = False) -> None:
    """Restore the previous champion; without one, fall back to the scorecard."""
    from radar_health_score.service.forecast.registry import rolled_back  # noqa: PLC0415

    with _registry(data) as (database, registry):
        period = database.run(
            lambda connection: rolled_back(registry, connection, at=SystemClock().now(), note=note)
        )
    _print_period(period, as_json=as_json)


@contextmanager
def _registry(data: Path | None) -> Iterator[tuple["Database", "ModelRegistry"]]:
    settings = store_settings(data=data)
    from radar_health_score.forecast_jobs import model_registry  # noqa: PLC0415 - slow to import
    from radar_health_score.main import migrate  # noqa: PLC0415

    migrate(settings)
    with model_registry(settings) as found:
        yield found


def _print_period(period: "ChampionPeriod", *, as_json: bool) -> None:
    if as_json:
        _print_json(period)
    else:
        print_line(_sentence(period))


def _print_json(value: object) -> None:
    import msgspec  # noqa: PLC0415

    print_json(msgspec.to_builtins(value))


def _sentence(period: "ChampionPeriod") -> str:
    who = "the scorecard" if period.version is None else f"model {period.version}"
    note = f": {period.note}" if period.note else ""
    act = period.act.replace("_", " ").capitalize()
    return f"{act}: since {period.since:%Y-%m-%d %H:%M:%S} UTC {who} is in use{note}."
