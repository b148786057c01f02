"""A scorecard written down as a person would."""

from dataclasses import replace

import pytest

from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_health_score.domain.scoring.scorecard_file import scorecard_file
from radar_health_score.domain.scoring.scorecard_yaml import parse_scorecard
from radar_health_score.domain.scoring.traits import EVERYBODY, AppliesTo

DEFAULTS = load_default_scorecards()


@pytest.mark.parametrize("segment", ["key", "mid", "long_tail"])
def test_what_is_written_is_read_as_the_same_scorecard(segment):
    assert parse_scorecard(scorecard_file(DEFAULTS[segment])) == DEFAULTS[segment]


@pytest.mark.parametrize("applies_to", [EVERYBODY, AppliesTo(stage=frozenset({"trial"}))])
def test_what_is_left_out_stays_out(applies_to):
    card = replace(DEFAULTS["mid"], name="中堅: #1", when_stale="unknown", applies_to=applies_to)
    again = parse_scorecard(scorecard_file(card))
    assert replace(again, version=card.version) == card


def test_each_metric_is_a_line():
    lines = scorecard_file(DEFAULTS["key"]).splitlines()
    assert lines[:3] == ["name: key", "applies_to: {segment: [key]}", "bands: {healthy: 70, watch: 48}"]
    assert "      champion_silent: {weight: 2, curve: [[0, 62], [1, 8]]}" in lines
