"""Whether the configured scorecards can be in force."""

from collections.abc import Iterator

from radar.doctor.finding import Finding
from radar.settings import Settings
from radar_chassis.errors import ConfigurationError


def check_scorecards(settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with the folder of scorecards, or what it holds; nothing where there is none."""
    from radar_health_score.adapters.scorecard_folder import load_scorecards  # noqa: PLC0415 - slow to import

    folder = settings.health.scorecards
    if folder is None:
        return
    try:
        names = [one.name for one in load_scorecards(folder).in_force()]
    except ConfigurationError as error:
        yield Finding(check="scorecards", state="failed", detail=error.detail)
    else:
        yield Finding(check="scorecards", state="ok", detail=f"in force: {', '.join(names)}")
