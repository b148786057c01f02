"""Work of the forecast, of low priority: ``python -m radar_health_score.forecast_process train``."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Final

import structlog

from radar_chassis.clock import SystemClock
from radar_chassis.config import load_settings
from radar_chassis.errors import RadarError
from radar_health_score.forecast_jobs import backtest_run, train_job, watch_job
from radar_health_score.settings import Settings

NICENESS: Final = 15
log = structlog.get_logger()


def train(settings: Settings) -> None:
    """Train once as the settings say."""
    with train_job(settings, SystemClock()) as job:
        trained = job.run(lambda *_: None, note="scheduled")
    log.info(
        "trained",
        version=None if trained.card is None else trained.card.version,
        promoted=trained.champion_period is not None,
        abstains=trained.abstains,
        objections=trained.objections,
    )


def watch(settings: Settings) -> None:
    """Look at the champion once as the settings say."""
    with watch_job(settings, SystemClock()) as job:
        watched = job.run(lambda *_: None)
    log.info("watched", version=None if watched is None else watched.version)


def backtest(settings: Settings, backtest_id: str) -> None:
    """Make the backtest that was asked for under this id."""
    with backtest_run(settings, SystemClock(), backtest_id) as carry_out:
        failure = carry_out(backtest_id)
    log.info("backtested", backtest_id=backtest_id, failure=failure)


JOBS: Final[Mapping[str, Callable[..., None]]] = {"train": train, "watch": watch, "backtest": backtest}


def main(name: str, *names: str) -> int:
    """Do the job of that name once, on what ``names`` say; return the exit status."""
    os.nice(NICENESS)
    try:
        JOBS[name](load_settings(Settings), *names)
    except RadarError as error:
        log.error("forecast_work_failed", work=name, code=error.code, reason=error.detail)  # noqa: TRY400 - a known reason
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
