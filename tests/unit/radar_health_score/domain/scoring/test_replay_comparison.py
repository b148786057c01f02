"""Two scorecards side by side: what a comparison says."""

from datetime import UTC, datetime, timedelta
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.scoring.replay import ReplayPoint, Verdict
from radar_health_score.domain.scoring.replay_comparison import Comparing
from radar_health_score.domain.scoring.score import Contribution

NOW = datetime(2026, 6, 1, tzinfo=UTC)
scores = st.one_of(st.none(), st.integers(min_value=0, max_value=100).map(float))


def band_of(score):
    return "unknown" if score is None else "healthy" if score >= 60 else "watch" if score >= 40 else "at_risk"


def verdict(score, **points):
    return Verdict(
        scorecard="one",
        version="1",
        score=score,
        band=band_of(score),
        coverage=1.0,
        neutral=50.0,
        contributions=[
            Contribution(metric=name, dimension="users", value=1.0, points=worth)
            for name, worth in points.items()
        ],
    )


def compare(*pairs, movers=10):
    """Compare (account, days ago, before, after)."""
    comparing = Comparing()
    for account, ago, before, after in pairs:
        as_of = NOW - timedelta(days=ago)
        comparing.add(ReplayPoint(account_id=account, as_of=as_of, verdicts=(before, after)))
    return comparing.result(movers=movers)


def test_differences_are_over_all_moments_and_bands_of_the_last_one():
    result = compare(
        ("a", 1, verdict(70), verdict(50)),
        ("a", 0, verdict(70), verdict(30)),
        ("b", 1, verdict(20), verdict(20)),
        ("b", 0, verdict(20), verdict(50)),
        ("c", 0, verdict(None), verdict(50)),
    )
    assert (result.points, result.mean, result.mean_absolute) == (4, pytest.approx(-7.5), pytest.approx(22.5))
    assert (result.percentiles[5], result.percentiles[50]) == (pytest.approx(-37), pytest.approx(-10))
    assert (result.accounts, result.changed) == (3, 3)
    moves = {(one.before, one.after): one.accounts for one in result.band_moves}
    assert moves == {("healthy", "at_risk"): 1, ("at_risk", "watch"): 1, ("unknown", "watch"): 1}
    assert result.rank_correlation == pytest.approx(-1)


def test_who_moved_most_comes_first_with_the_metrics_that_did_it():
    before = verdict(60, stickiness=6, mau=4, seats=0.5)
    after = verdict(48, stickiness=-3, mau=4, rfm=-2, seats=-1)
    result = compare(("a", 0, verdict(50), verdict(51)), ("b", 0, before, after), ("c", 0, before, before))
    assert [(one.account_id, one.difference) for one in result.movers] == [("b", -12), ("a", 1)]
    drivers = [(one.metric, one.before, one.after) for one in result.movers[0].drivers]
    assert drivers == [("stickiness", 6, -3), ("rfm", 0, -2), ("seats", 0.5, -1)]


def test_no_more_movers_than_asked_for():
    pairs = [(f"a{n}", 0, verdict(50), verdict(50 + n)) for n in range(1, 9)]
    assert [one.account_id for one in compare(*pairs, movers=2).movers] == ["a8", "a7"]


def test_nothing_to_compare_is_said_and_not_guessed():
    result = compare(("a", 0, verdict(None), verdict(40)))
    assert (result.points, result.mean, result.percentiles, result.rank_correlation) == (0, None, {}, None)
    assert compare().accounts == 0
    assert (
        compare(("a", 0, verdict(4), verdict(4)), ("b", 0, verdict(4), verdict(5))).rank_correlation is None
    )


@given(st.lists(st.tuples(scores, scores), max_size=30))
def test_a_comparison_agrees_with_its_definition(pairs):
    result = compare(*((f"a{at:02}", 0, verdict(one), verdict(two)) for at, (one, two) in enumerate(pairs)))
    both = [(one, two) for one, two in pairs if one is not None and two is not None]
    assert result.points == len(both)
    if both:
        assert result.mean == pytest.approx(fmean(two - one for one, two in both))
    assert result.changed == sum(band_of(one) != band_of(two) for one, two in pairs)
    first, second = (ranks([pair[at] for pair in both]) for at in (0, 1))
    if len(set(first)) > 1 and len(set(second)) > 1:
        assert result.rank_correlation == pytest.approx(np.corrcoef(first, second)[0, 1])
    else:
        assert result.rank_correlation is None


def ranks(values):
    """The mean place of each value among all, counted slowly."""
    return [sum(other < one for other in values) + (values.count(one) + 1) / 2 for one in values]
