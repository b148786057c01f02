"""The sample is the same company after every restart, and sets what nobody has chosen."""

from pathlib import Path

from radar.sample import Sample
from radar.settings import Settings
from radar_health_score.settings import HealthSettings


def test_it_is_kept_in_the_data_folder(tmp_path: Path) -> None:
    first = Sample.at(tmp_path, url="http://x")
    assert first.is_new
    assert Sample.at(tmp_path, url="http://y").state == first.state


def test_a_file_cut_off_by_a_power_cut_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "sample.json").write_text('{"anchor": "2026-')
    assert Sample.at(tmp_path, url="http://x").is_new


def test_it_brings_its_key_features_unless_others_were_chosen(tmp_path: Path) -> None:
    sample = Sample.at(tmp_path, url="http://x")
    assert sample.settings(Settings()).health.north_star == {"default": ["workflow.run"]}
    chosen = Settings(health=HealthSettings(key_features=["mine"], north_star={"default": ["mine"]}))
    assert sample.settings(chosen).health == chosen.health
