"""``radar train``: learns a renewal forecast from the contract ends in the store."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from radar.cli.estimates import span
from radar.cli.options import AsJson, Data
from radar.cli.output import print_json, print_line
from radar.cli.progress import stages
from radar.cli.stores import store_settings
from radar_chassis.clock import SystemClock

if TYPE_CHECKING:
    from radar_health_score.service.forecast.training import Trained
    from radar_vocabulary.answers.models import Evaluation, ModelCard

STAGES: Final = {"observing": "observing accounts", "learning": "learning", "judging": "judging"}


class Promotion(Enum):
    """Whether the new model may become champion."""

    AUTO = "auto"
    NEVER = "never"
    FORCE = "force"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(epilog="Example: radar train --data ./data --promote auto")(train)


def train(
    *,
    split: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Evaluate on observations from this day on. Default: the day by which 75% of outcomes were known.",
        ),
    ] = None,
    promote: Annotated[
        Promotion,
        typer.Option(
            help="auto: only if it beats the scorecard and the champion; never; force: always (needs --note)."
        ),
    ] = Promotion.AUTO,
    note: Annotated[str, typer.Option(help="Reason, for the champion history.")] = "",
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Train a renewal model on past contract ends. Store it, and promote it if it is better.

    A second model, trained without the latest contract ends, is evaluated on them.
    Safe while the product runs. The product loads a new champion automatically.
    """
    if promote is Promotion.FORCE and not note:
        raise typer.BadParameter("give the reason with --note", param_hint="--promote force")
    settings = store_settings(data=data)
    from radar_health_score.forecast_jobs import train_job  # noqa: PLC0415 - slow to import
    from radar_health_score.main import migrate  # noqa: PLC0415

    migrate(settings)
    with train_job(settings, SystemClock()) as job, stages(STAGES) as progress:
        trained = job.run(progress, split=split.date() if split else None, promote=promote.value, note=note)
    if as_json:
        import msgspec  # noqa: PLC0415

        print_json(
            {
                "model": msgspec.to_builtins(trained.card),
                "abstains": trained.abstains,
                "objections": list(trained.objections),
                "champion": msgspec.to_builtins(trained.champion_period),
            }
        )
    else:
        _print(trained)


def _print(trained: "Trained") -> None:
    card = trained.card
    if card is None:
        print_line(f"No model: {trained.abstains}. The scorecard remains in use.")
        return
    learnt = card.learnt
    print_line(
        f"Model {card.version} ({card.kind}): trained on {learnt.ends:,} contract ends, {learnt.churned:,} churned, "
        f"outcomes known by {learnt.until:%Y-%m-%d}."
    )
    print_line(
        f"It predicts renewals up to {card.long_horizon.until} days ahead; the scorecard predicts later ones."
    )
    if card.judged is not None:
        print_judged(card)
    for objection in trained.objections:
        print_line(f"Not promoted because: {objection}.")
    if trained.champion_period is None:
        print_line("Not promoted. To promote it, use `radar models promote`.")
    else:
        print_line(
            f"Champion since {trained.champion_period.since:%Y-%m-%d %H:%M:%S} UTC ({trained.champion_period.act})."
        )


def print_judged(card: "ModelCard") -> None:
    """Print how the model's twin did on later observations."""
    judged: Evaluation | None = card.judged
    if judged is None:
        return
    print_line(
        f"Evaluated on {judged.cases:,} observations from {judged.since:%Y-%m-%d} on, {judged.churned:,} churned: "
        f"AUC {span(judged.auc)}, Brier {span(judged.brier)}, slope {span(judged.calibration_slope)}."
    )
    for rival in judged.rivals:
        name = rival.name.replace("_", " ") + (f" {rival.version}" if rival.version else "")
        print_line(f"Log-loss gain over the {name}: {span(rival.gain)} ({rival.cases:,} observations).")
