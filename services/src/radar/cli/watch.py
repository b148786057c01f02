"""``radar models watch``: has the world moved away from what the champion learned?"""

import typer

from radar.cli.options import AsJson, Data
from radar.cli.output import print_json, print_line, print_table
from radar.cli.progress import counting
from radar.cli.stores import store_settings
from radar_chassis.clock import SystemClock

SHOWN = 8


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(epilog="Example: radar models watch --data ./data")(watch)


def watch(*, data: Data = None, as_json: AsJson = False) -> None:
    """Compare current renewals with the champion's training data, and its predictions with actual outcomes.

    The result is stored. The running product exports it to Prometheus.
    """
    settings = store_settings(data=data)
    from radar_health_score.forecast_jobs import watch_job  # noqa: PLC0415 - slow to import
    from radar_health_score.main import migrate  # noqa: PLC0415

    migrate(settings)
    with watch_job(settings, SystemClock()) as job, counting("observing accounts") as progress:
        watched = job.run(progress)
    if as_json:
        import msgspec  # noqa: PLC0415

        print_json(None if watched is None else msgspec.to_builtins(watched))
        return
    if watched is None:
        print_line("There is no champion to watch.")
        return
    print_line(f"Model {watched.version}, trained on outcomes until {watched.trained_until:%Y-%m-%d}.")
    if watched.outcomes and watched.foretold is not None and watched.churned is not None:
        print_line(
            f"Of {watched.outcomes:,} contract ends since, {watched.churned:.1%} churned; "
            f"{watched.foretold:.1%} were predicted ({watched.surprise or 0:+.1f} standard deviations)."
        )
    else:
        print_line("No new outcomes since then.")
    if watched.features:
        print_line(
            f"Largest shifts of {watched.recent:,} recent contract ends vs {watched.reference:,} in training:"
        )
        print_table(("feature", "PSI"), [(one.feature, f"{one.psi:.3f}") for one in watched.features[:SHOWN]])
        print_line("Rule of thumb: 0.1 is a small shift, 0.25 a large one.")
    else:
        print_line(
            f"Too few contract ends to compare: {watched.recent:,} recent, {watched.reference:,} in training."
        )
