"""The catalogue names who counts a metric, and how much."""

from math import fsum

import pytest

from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.scoring.scorecard_yaml import parse_scorecard
from radar_health_score.service.queries.metric_catalogue import catalogue_lines

SMALL = """
name: small
bands: {healthy: 70, watch: 40}
min_coverage: 0.3
stale_after_days: 30
renewal: [[0, 0.2], [100, 0.9]]
dimensions:
  users: {weight: 1, metrics: {stickiness: {weight: 5, curve: [[0, 0], [1, 100]]}}}
  behaviour:
    weight: 3
    metrics:
      usage_trend: {weight: 3, curve: [[-1, 0], [1, 100]]}
      regularity: {weight: 1, curve: [[0, 0], [1, 100]]}
"""


def test_a_metrics_share_is_that_of_its_dimension_times_its_own():
    scorecard = parse_scorecard(SMALL)
    lines = {line.metric: line for line in catalogue_lines([scorecard])}
    (use,) = lines["usage_trend"].scorecards
    assert (use.applies_to, use.scorecard, use.version, use.weight) == ({}, "small", scorecard.version, 3)
    assert use.share == pytest.approx(0.75 * 0.75)
    assert lines["mau"].scorecards == ()


def test_the_shares_of_a_scorecard_come_to_the_whole_score():
    lines = catalogue_lines(built_in_scorecards().in_force())
    assert [line.metric for line in lines] == list(CATALOGUE)
    for segment in ("key", "mid", "long_tail"):
        shares = [
            use.share for line in lines for use in line.scorecards if use.applies_to == {"segment": [segment]}
        ]
        assert fsum(shares) == pytest.approx(1)
