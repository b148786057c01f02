"""Estimates in the terminal: the value, its interval where there is one, a dash where nothing is known."""

import pytest

from radar.cli.estimates import point, span
from radar_vocabulary.answers.estimates import NO_ESTIMATE, Estimate


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (Estimate(value=0.7124, low=0.65, high=0.77), "0.712 [0.650, 0.770]"),
        (Estimate(value=0.7124, low=None, high=None), "0.712"),
        (NO_ESTIMATE, "-"),
    ],
)
def test_an_estimate_says_how_sure_it_is(estimate: Estimate, said: str) -> None:
    assert span(estimate) == said


def test_a_point_has_as_many_digits_as_asked_for() -> None:
    assert point(Estimate(value=2.5, low=None, high=None), 2) == "2.50"
