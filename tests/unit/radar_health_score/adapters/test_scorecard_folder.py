"""A folder of scorecards, read as people write it."""

import json

import pytest

from radar_chassis.errors import ConfigurationError
from radar_health_score.adapters.scorecard_folder import load_scorecards
from radar_health_score.domain.scoring.scorecard_defaults import (
    built_in_scorecards,
    load_default_scorecards,
)
from radar_health_score.domain.scoring.scorecard_set import ScorecardsClash
from radar_health_score.domain.scoring.scorecard_yaml import ScorecardInvalid
from radar_health_score.domain.scoring.traits import Traits


def content(**changes):
    card = {**load_default_scorecards()["mid"].content(), **changes}
    return {name: value for name, value in card.items() if value is not None}


def write(folder, **files):
    for name, card in files.items():
        (folder / f"{name}.yaml").write_text(card if isinstance(card, str) else json.dumps(card))
    return folder


def speaking(folder, segment="key", stage="serve", business_model=None):
    return load_scorecards(folder).scorecard_for_traits(Traits(segment, stage, business_model)).name


def test_no_folder_and_an_empty_one_mean_the_built_in_ones(tmp_path):
    assert load_scorecards(None) == load_scorecards(tmp_path) == built_in_scorecards()


def test_any_number_of_files_each_says_for_whom(tmp_path):
    write(
        tmp_path,
        usual=content(name="usual", applies_to=None),
        trials=content(name="trials", applies_to={"stage": ["trial"], "business_model": ["tool"]}),
    )
    assert speaking(tmp_path, stage="trial", business_model="tool") == "trials"
    assert speaking(tmp_path, stage="trial") == "usual"


def test_a_file_named_after_a_segment_is_that_segment_s_unless_it_says_otherwise(tmp_path):
    write(tmp_path, key=content(name="ours", applies_to=None))
    assert (speaking(tmp_path), speaking(tmp_path, "mid")) == ("ours", "mid")
    write(tmp_path, key=content(name="ours", applies_to={"stage": ["serve"]}))
    assert (speaking(tmp_path, "mid"), speaking(tmp_path, stage="renew")) == ("ours", "key")


def test_the_mistakes_of_all_files_are_named_at_once(tmp_path):
    write(tmp_path, one=content(min_coverage=7), two="name: [", three=content(when_stale="never"))
    with pytest.raises(ScorecardInvalid) as caught:
        load_scorecards(tmp_path)
    assert caught.value.problems == (
        "one.yaml: min_coverage must be between 0 and 1",
        "three.yaml: when_stale must be one of keep, unknown",
        "two.yaml: it is not YAML that can be read (line 1)",
    )


def test_files_that_do_not_go_together_are_a_mistake_of_the_settings(tmp_path):
    write(tmp_path, one=content(name="one"), two=content(name="two"))
    with pytest.raises(ScorecardsClash, match="one and two both speak for segment mid"):
        load_scorecards(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match="which doesn't exist"):
        load_scorecards(tmp_path / "nowhere")


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "odd.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match=r"odd\.yaml can't be read"):
        load_scorecards(tmp_path)
