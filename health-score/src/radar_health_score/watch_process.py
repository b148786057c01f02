"""A look at the champion in a process of its own, of low priority: ``python -m radar_health_score.watch_process``."""

import os
import subprocess
import sys
from contextlib import suppress
from typing import Final

import structlog

from radar_chassis.clock import SystemClock
from radar_chassis.config import Settings, load_settings
from radar_chassis.errors import RadarError

NICENESS: Final = 15
log = structlog.get_logger()


class WatchProcess:
    """``Run``: the process, started."""

    def __init__(self, settings: Settings) -> None:
        environment = {**os.environ, "RADAR_DATA": str(settings.data), "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "radar_health_score.watch_process"], env=environment
        )

    def status(self) -> int | None:
        """See ``Run``."""
        return self._process.poll()

    def stop(self) -> None:
        """See ``Run``."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)


def main() -> int:
    """Look once as the settings say; return the exit status."""
    from radar_health_score.forecast_jobs import watch_job  # noqa: PLC0415 - wires all there is

    os.nice(NICENESS)
    try:
        with watch_job(load_settings(), SystemClock()) as job:
            watched = job.run(lambda *_: None)
    except RadarError as error:
        log.error("watch_failed", code=error.code, reason=error.detail)  # noqa: TRY400 - a known reason
        return 1
    log.info("watched", version=None if watched is None else watched.version)
    return 0


if __name__ == "__main__":
    sys.exit(main())
