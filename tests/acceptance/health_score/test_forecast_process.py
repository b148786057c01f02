"""What the forecast does on a schedule runs in a process of its own, as the settings of the service say."""

from pathlib import Path

import pytest

from radar.settings import Settings
from radar_health_score.adapters.forecast.job_process import Job, JobProcess
from radar_health_score.main import migrate
from tests.support.wait import eventually


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path)
    migrate(settings)
    return settings


@pytest.mark.parametrize("job", ["train", "watch"])
def test_with_nothing_to_learn_or_look_at_it_ends_well(settings: Settings, job: Job) -> None:
    run = JobProcess(settings, job)
    eventually(lambda: run.status() is not None, within=60, what="the process has ended")
    assert run.status() == 0


def test_it_can_be_ended_before_it_is_done(settings: Settings) -> None:
    run = JobProcess(settings, "train")
    run.stop()
    assert run.status() not in {None, 0}
