"""A task that dies of an error of ours ends its process, with a status that tells the supervisor to start it again."""

import os
import sys
from pathlib import Path

import pytest

from tests.support.child import Child
from tests.support.ports import free_port

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]
# The consume loop breaks as it would by a mistake of ours: nothing that a retry could mend.
BROKEN = """
from radar_chassis.worker.worker import Worker
def run(self):
    raise RuntimeError("a mistake of ours")
Worker.run = run
from radar.cli import main
main()
"""


def test_a_scorer_whose_worker_died_ends_and_says_so(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("RADAR_")},
        "RADAR_DATA": str(tmp_path),
        "RADAR_BUS_URL": f"sqlite:///{tmp_path / 'log.db'}",
        "RADAR_LOG_FORMAT": "json",
    }
    command = [sys.executable, "-c", BROKEN, "score", "--port", str(free_port())]
    child = Child(command, log=tmp_path / "score.log", env=environment)
    assert child.process.wait(60) == 1
    said = child.log.read_text()
    assert "task_died" in said
    assert "a mistake of ours" in said
    assert "health-score.score died" in said.splitlines()[-1]
