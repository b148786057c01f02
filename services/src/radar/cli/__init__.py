"""The command line: one small module per group of commands, errors as one sentence."""

import sys

import typer

from radar.cli import (
    alerts,
    backtest,
    dead_letter,
    doctor,
    keys,
    load,
    models,
    score,
    serve,
    simulate,
    store,
    train,
    watch,
)
from radar.cli.errors import INTERRUPTED, sentence

app = typer.Typer(
    name="radar",
    help="Renewal Radar: which customers may not renew, why, and how much revenue is at risk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
serve.register(app)
score.register(serve.score)
alerts.register(serve.alerts)
load.register(app)
simulate.register(app)
backtest.register(app)
train.register(app)
watch.register(models.app)
app.add_typer(models.app, name="models")
app.add_typer(keys.app, name="keys")
app.add_typer(dead_letter.app, name="dead-letter")
app.add_typer(store.app, name="db")
doctor.register(app)


def main() -> None:
    """Run a command; an expected failure is one sentence on stderr and a status other than 0."""
    try:
        status = app(prog_name="radar", standalone_mode=False)
    except BaseException as error:
        told = sentence(error)
        if told is None:
            raise
        if told.text:
            sys.stderr.write(f"radar: {told.text}\n")
        sys.exit(told.status)
    if status == INTERRUPTED:
        sys.stderr.write("radar: Interrupted.\n")
    sys.exit(status if isinstance(status, int) else 0)
