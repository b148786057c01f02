"""Scores: points that add up, weights that follow what is known, bands that admit ignorance."""

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.scoring.score import score, weighs_alike
from radar_health_score.domain.scoring.scorecard import Curve
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_health_score.domain.scoring.scorecard_yaml import parse_scorecard

CARD = parse_scorecard("""
name: worked
bands: {healthy: 70, watch: 45}
min_coverage: 0.5
stale_after_days: 30
renewal: [[0, 0.2], [100, 1]]
dimensions:
  users:
    weight: 1
    metrics:
      seat_utilisation: {weight: 3, curve: [[0, 0], [1, 100]]}
      stickiness: {weight: 1, curve: [[0, 0], [1, 100]]}
  behaviour:
    weight: 3
    metrics:
      regularity: {weight: 1, curve: [[0, 0], [0.5, 80], [1, 100]]}
""")

some_readings = st.fixed_dictionaries(
    {
        name: st.one_of(
            st.just(Missing("not known")),
            st.floats(min_value=-1e6, max_value=1e6),
            st.floats(min_value=-3, max_value=3),
        )
        for name in CATALOGUE
    }
)
cards = st.sampled_from(list(load_default_scorecards().values()))


def points(result):
    return {each.metric: each.points for each in result.contributions}


def known_slowly(readings, card):
    """By metric with data: its weight in the score before any is shared out, and its worth."""
    weights, worths = {}, {}
    for part in card.dimensions:
        for metric in part.metrics:
            value = readings[metric.name]
            if not isinstance(value, Missing):
                share = metric.weight / sum(one.weight for one in part.metrics)
                weights[metric.name] = share * part.weight
                worths[metric.name] = metric.curve(value)
    return weights, worths


def test_a_curve_is_straight_between_its_points_and_flat_outside():
    curve = Curve((0.0, 10.0, 20.0), (0.0, 50.0, 60.0))
    assert [curve(x) for x in (-5, 0, 4, 10, 15, 20, 99)] == [0, 0, 20, 50, 55, 60, 60]


def test_with_all_data_the_score_is_the_weighted_mean_of_the_worths():
    result = score({"seat_utilisation": 0.2, "stickiness": 0.6, "regularity": 0.5}, CARD)
    # users: (3 x 20 + 60) / 4 = 30, a quarter; behaviour: 80, three quarters.
    assert result.score == pytest.approx(67.5)
    assert result.coverage == 1
    assert result.band == "watch"
    # seat_utilisation: 1/4 x 3/4 x (20 - 50).
    assert points(result) == pytest.approx(
        {"regularity": 22.5, "seat_utilisation": -5.625, "stickiness": 0.625}
    )


def test_missing_data_gives_its_weight_to_all_that_is_known():
    result = score({"seat_utilisation": Missing("none"), "stickiness": 0.6, "regularity": 0.5}, CARD)
    assert result.dimensions["users"].score == pytest.approx(60)
    assert result.dimensions["users"].coverage == 0.25
    # users: a quarter of its weight of 1 is known, worth 60; behaviour: all of its 3, worth 80.
    assert result.score == pytest.approx((0.25 * 60 + 3 * 80) / 3.25)
    assert result.dimensions["users"].weight == pytest.approx(0.25 / 3.25)
    assert result.dimensions["behaviour"].weight == pytest.approx(3 / 3.25)
    # stickiness: 1/4 x 1 of the 3.25 that is known x (60 - 50).
    assert points(result) == pytest.approx({"stickiness": 2.5 / 3.25, "regularity": 90 / 3.25})
    assert result.coverage == pytest.approx(3.25 / 4)


def test_two_metrics_keep_their_ratio_whatever_else_is_known():
    """Both lie 10 above neutral, so their points are to one another as their weights: 1/4 x 1 to 3."""
    pair = {"stickiness": 0.6, "regularity": 0.375}
    for utilisation in (Missing("none"), 0.0, 1.0):
        said = points(score({**pair, "seat_utilisation": utilisation}, CARD))
        assert said["regularity"] / said["stickiness"] == pytest.approx(12)


def test_a_dimension_without_data_gives_its_weight_to_the_others():
    result = score({"regularity": 0.5}, CARD)
    assert result.score == pytest.approx(80)
    assert result.dimensions["users"].score is None
    assert result.dimensions["users"].weight == 0
    assert result.dimensions["behaviour"].weight == 1
    assert result.band == "healthy"


def test_with_too_little_data_the_band_is_unknown_though_a_score_is_told():
    result = score({"stickiness": 0.9}, CARD)
    assert result.score == pytest.approx(90)
    assert result.band == "unknown"


def test_without_any_data_there_is_no_score():
    result = score({"regularity": Missing("none")}, CARD)
    assert result.score is None
    assert result.band == "unknown"
    assert result.coverage == 0
    assert not result.contributions


@given(some_readings, cards)
def test_the_score_is_the_mean_of_all_that_is_known_by_a_slow_count(readings, card):
    result = score(readings, card)
    weights, worths = known_slowly(readings, card)
    if not weights:
        assert result.score is None
        return
    mean = sum(weights[name] * worths[name] for name in weights) / sum(weights.values())
    assert result.score == pytest.approx(min(100, max(0, mean)))
    assert points(result) == pytest.approx(
        {name: weights[name] / sum(weights.values()) * (worths[name] - card.neutral) for name in weights}
    )


@given(some_readings, cards)
def test_a_dimension_weighs_its_weight_times_its_coverage(readings, card):
    parts = score(readings, card).dimensions
    due = {one.dimension: one.weight * parts[one.dimension].coverage for one in card.dimensions}
    for name, part in parts.items():
        assert part.weight == pytest.approx(due[name] / sum(due.values()) if any(due.values()) else 0)


@given(some_readings, cards)
def test_what_was_weighed_so_is_known_again_and_other_weights_are_told_apart(readings, card):
    parts = score(readings, card).dimensions
    assert weighs_alike(parts, card)
    first, *others = [name for name, part in parts.items() if part.weight] or [None]
    if others:
        moved = {first: structs.replace(parts[first], weight=parts[first].weight * 0.999)}
        assert not weighs_alike({**parts, **moved}, card)


@given(some_readings, cards)
def test_a_metric_without_a_value_is_as_one_that_nobody_measured(readings, card):
    measured = {name: value for name, value in readings.items() if not isinstance(value, Missing)}
    assert score(measured, card) == score(readings, card)


@given(some_readings, cards)
def test_points_add_up_to_the_score_whatever_is_missing(readings, card):
    result = score(readings, card)
    assert 0 <= result.coverage <= 1
    if result.score is None:
        assert not result.contributions
        return
    assert 0 <= result.score <= 100
    assert abs(card.neutral + fsum(points(result).values()) - result.score) < 1e-6


@given(some_readings, cards)
def test_dimensions_add_up_to_the_score_too(readings, card):
    result = score(readings, card)
    if result.score is not None:
        whole = fsum(part.weight * (part.score or 0) for part in result.dimensions.values())
        assert abs(whole - result.score) < 1e-6
        assert fsum(part.weight for part in result.dimensions.values()) == pytest.approx(1)


@given(some_readings, cards)
def test_the_largest_effect_comes_first(readings, card):
    sizes = [abs(each.points) for each in score(readings, card).contributions]
    assert sizes == sorted(sizes, reverse=True)


@given(some_readings, cards, st.sampled_from(sorted(CATALOGUE)), st.floats(min_value=0.01, max_value=100))
def test_a_healthier_value_never_lowers_the_score(readings, card, name, step):
    before = readings[name]
    first = score(readings, card).score
    if first is None or isinstance(before, Missing) or CATALOGUE[name].direction == "neutral":
        return
    better = before + step if CATALOGUE[name].direction == "higher" else before - step
    then = score({**readings, name: better}, card).score
    assert then is not None
    assert then >= first - 1e-9
