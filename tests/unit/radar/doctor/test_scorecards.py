"""The doctor looks into the folder of scorecards."""

import json

from radar.doctor.scorecards import check_scorecards
from radar.settings import Settings
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards


def findings(folder):
    return [(one.state, one.detail) for one in check_scorecards(Settings(health={"scorecards": folder}))]


def test_scorecards_that_can_be_in_force_are_named(tmp_path):
    content = {**load_default_scorecards()["key"].content(), "name": "ours"}
    (tmp_path / "key.yaml").write_text(json.dumps(content))
    assert findings(tmp_path) == [("ok", "in force: ours, mid, long_tail")]


def test_without_a_folder_there_is_nothing_to_find():
    assert findings(None) == []


def test_mistakes_are_found_before_the_service_fails_to_start(tmp_path):
    assert findings(tmp_path / "nowhere")[0][0] == "failed"
    (tmp_path / "odd.yaml").write_text("name: odd\n")
    ((state, detail),) = findings(tmp_path)
    assert state == "failed"
    assert "odd.yaml: bands must be a mapping" in detail
