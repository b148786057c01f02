"""Scorecards from YAML: what is right is read, and every mistake is named at once."""

from itertools import pairwise

import pytest

from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_health_score.domain.scoring.scorecard_yaml import ScorecardInvalid, parse_scorecard

SMALL = """
name: small
bands: {healthy: 70, watch: 45}
min_coverage: 0.3
stale_after_days: 30
renewal: [[0, 0.2], [100, 0.95]]
dimensions:
  behaviour:
    weight: 1
    metrics:
      regularity: {weight: 1, curve: [[0, 0], [1, 100]]}
"""
DEFAULTS = load_default_scorecards()


def problems_of(text):
    with pytest.raises(ScorecardInvalid) as caught:
        parse_scorecard(text)
    return caught.value.problems


def test_a_scorecard_survives_its_own_text():
    card = parse_scorecard(SMALL)
    assert parse_scorecard(card.text()) == card


def test_the_version_follows_the_content_and_not_the_layout():
    card = parse_scorecard(SMALL)
    assert parse_scorecard("# a remark\n" + SMALL.replace("0.95", "0.950")).version == card.version
    assert parse_scorecard(SMALL.replace("0.95", "0.96")).version != card.version


def test_every_mistake_is_named_at_once():
    text = (
        SMALL.replace("name: small", "nmae: small")
        .replace("watch: 45", "watch: 145")
        .replace("stale_after_days: 30", "stale_after_days: soon")
        .replace("[0, 0.2], [100, 0.95]", "[0, 0.9], [100, 0.1]")
        .replace("curve: [[0, 0], [1, 100]]", "curve: [[1, 0], [0, 100]]")
        + "      happiness: {weight: -1, curve: 3}\n      mrr: {weight: 1, curve: [[0, 0], [1, .nan]]}\n"
    )
    assert problems_of(text) == (
        "nmae is not known in the scorecard",
        "name must be a text",
        "bands.watch must be between 0 and 100",
        "stale_after_days must be a number",
        "renewal must not fall: a healthier account renews no less",
        "dimensions.behaviour.metrics.happiness is not a metric",
        "dimensions.behaviour.metrics.happiness.weight must be between 0 and 1000",
        "dimensions.behaviour.metrics.happiness.weight must be above 0",
        "dimensions.behaviour.metrics.happiness.curve must be a list of at least two pairs [value, worth]",
        "dimensions.behaviour.metrics.mrr belongs to the dimension outcomes",
        "dimensions.behaviour.metrics.mrr.curve (worth 2) must be between 0 and 100",
        "dimensions.behaviour.metrics.regularity.curve must have rising values",
    )


@pytest.mark.parametrize(
    "text", ["", "[]", "7", "name: [", "a: 1\na: 2", "{1: 2, 1: 3}", "!!python/object:os.x {}"]
)
def test_what_is_no_scorecard_at_all_is_refused_with_a_reason(text):
    assert problems_of(text)


def test_a_scorecard_without_any_weight_is_refused():
    text = SMALL.replace("    weight: 1\n", "    weight: 0\n")
    assert problems_of(text) == ("dimensions must have a weight above 0 somewhere",)


def test_whom_it_applies_to_and_what_stale_does_belong_to_the_content():
    text = SMALL + "applies_to: {stage: [trial, activate], business_model: [tool]}\nwhen_stale: unknown\n"
    card = parse_scorecard(text)
    assert card.applies_to.conditions() == {"stage": ["activate", "trial"], "business_model": ["tool"]}
    assert parse_scorecard(card.text()) == card
    assert card.version != parse_scorecard(SMALL).version
    assert parse_scorecard(SMALL + "when_stale: keep\n").version == parse_scorecard(SMALL).version


def test_mistakes_in_whom_it_applies_to_are_named():
    text = SMALL + "applies_to: {stage: [trail, trial], segment: key, region: [emea], business_model: []}\n"
    assert problems_of(text + "when_stale: yes\n") == (
        "when_stale must be one of keep, unknown",
        "region is not known in applies_to",
        "applies_to.segment must be a list of at least one of key, mid, long_tail",
        "applies_to.stage (value 1) must be one of acquire, activate, trial, pay, serve, renew, win_back",
        "applies_to.business_model must be a list of at least one of platform, tool, hardware, service",
    )
    assert problems_of(SMALL + "applies_to: everybody\n") == (
        "applies_to must be a mapping that is not empty",
    )


def test_stale_facts_make_the_band_unknown_where_the_scorecard_says_so():
    keeps = parse_scorecard(SMALL)
    doubts = parse_scorecard(SMALL + "when_stale: unknown\n")
    assert (keeps.band(80, 1, stale=True), doubts.band(80, 1, stale=True)) == ("healthy", "unknown")
    assert doubts.band(80, 1, stale=False) == "healthy"


@pytest.mark.parametrize("segment", ["key", "mid", "long_tail"])
def test_each_segment_has_a_scorecard_of_all_three_dimensions(segment):
    card = DEFAULTS[segment]
    assert card.name == segment
    assert [part.dimension for part in card.dimensions] == ["users", "behaviour", "outcomes"]
    assert all(len(part.metrics) >= 5 for part in card.dimensions)


@pytest.mark.parametrize("segment", ["key", "mid", "long_tail"])
def test_every_default_curve_rises_the_way_its_metric_is_healthy(segment):
    for part in DEFAULTS[segment].dimensions:
        for metric in part.metrics:
            direction = CATALOGUE[metric.name].direction
            assert direction != "neutral", metric.name
            ys = metric.curve.ys if direction == "higher" else metric.curve.ys[::-1]
            assert all(low < high for low, high in pairwise(ys)), metric.name


def test_no_default_scorecard_rewards_the_mere_passing_of_time():
    scored = {
        metric.name for card in DEFAULTS.values() for part in card.dimensions for metric in part.metrics
    }
    assert not scored & {"tenure_days", "days_to_renewal"}
