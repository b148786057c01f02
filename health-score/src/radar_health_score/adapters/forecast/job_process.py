"""Starts work of the forecast in a process of its own."""

import os
import subprocess
import sys
from contextlib import suppress
from typing import Literal

from radar_health_score.settings import Settings

Job = Literal["train", "watch", "backtest"]


class JobProcess:
    """``Run``: the process, started; ``names``: what the job is to work on."""

    def __init__(self, settings: Settings, job: Job, *names: str) -> None:
        environment = {**os.environ, "RADAR_DATA": str(settings.data), "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(  # noqa: S603 - our own module, a literal name
            [sys.executable, "-m", "radar_health_score.forecast_process", job, *names], env=environment
        )

    def status(self) -> int | None:
        """See ``Run``."""
        return self._process.poll()

    def stop(self) -> None:
        """End it: what it has found so far is of no use."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
