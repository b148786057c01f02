"""Pictures: everything lies inside the frame, and says what the numbers say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar.console.charts.diverging import MIDDLE, WIDTH, diverging_bars
from radar.console.charts.metric_line import Sample, metric_line, scale
from radar.console.charts.score_line import DayScore, score_line
from radar.console.charts.sparkline import sparkline, value_sparkline
from radar.console.charts.stacked import WIDTH as STACK
from radar.console.charts.stacked import stacked_parts
from radar.console.charts.time_axis import NARROW, RIGHT, WIDE
from radar_vocabulary.answers.scorecards import BandLimits

LAST = date(2026, 11, 21)
LIMITS = BandLimits(healthy=70, watch=48)
scores = st.none() | st.floats(0, 100)


def readings(values: list[float | None]) -> list[DayScore]:
    first = LAST - timedelta(days=len(values) - 1)
    return [
        DayScore(day=first + timedelta(days=at), score=score, band="watch") for at, score in enumerate(values)
    ]


@given(st.lists(scores, min_size=2, max_size=120), st.sampled_from([WIDE, NARROW]))
def test_every_day_with_a_score_has_a_dot_inside_the_frame(values: list[float | None], size) -> None:
    first = LAST - timedelta(days=len(values) - 1)
    chart = score_line(readings(values), first=first, last=LAST, limits=LIMITS, size=size)
    known = [score for score in values if score is not None]
    if chart is None:
        assert not known
        return
    assert len(chart.dots) == len(known)
    assert all(
        chart.left <= dot.x <= chart.right and chart.top <= dot.y <= chart.bottom for dot in chart.dots
    )


def test_the_line_breaks_where_there_was_no_score() -> None:
    chart = score_line(readings([60, 61, None, 40]), first=LAST - timedelta(days=3), last=LAST, limits=None)
    assert chart is not None
    assert len(chart.lines) == 2


def test_bands_fill_the_height_without_a_gap() -> None:
    chart = score_line(readings([60, 61]), first=LAST - timedelta(days=1), last=LAST, limits=LIMITS)
    assert chart is not None
    assert [zone.name for zone in chart.zones] == ["Healthy", "Watch", "At risk"]
    assert chart.zones[0].y == chart.top
    assert abs(sum(zone.height for zone in chart.zones) - (chart.bottom - chart.top)) < 0.5


def test_a_name_of_a_band_too_long_for_its_margin_makes_the_picture_wider(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wide() -> int:
        chart = score_line(readings([60, 61]), first=LAST - timedelta(days=1), last=LAST, limits=LIMITS)
        assert chart is not None
        assert chart.right == WIDE.width - RIGHT
        return chart.width

    assert wide() == WIDE.width
    names = {"healthy": "良好", "watch": "要注意", "at_risk": "解約リスクあり"}
    monkeypatch.setattr("radar.console.charts.score_line.BANDS", names)
    assert wide() == WIDE.width + 7 * 11 + 8 - RIGHT


def test_a_picture_says_in_words_what_it_shows() -> None:
    chart = score_line(readings([70, 30, 42]), first=LAST - timedelta(days=2), last=LAST, limits=None)
    assert chart is not None
    assert (
        chart.summary
        == "The score was 70 on 19 Nov 2026 and 42 on 21 Nov 2026; the lowest was 30 on 20 Nov 2026."
    )
    assert chart.dots[1].says == "20 Nov: 30.0, watch"


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=40))
def test_bars_go_left_for_minus_and_right_for_plus_and_are_as_long_as_their_points(
    points: list[float],
) -> None:
    longest = max(abs(value) for value in points)
    for value, bar in zip(points, diverging_bars(points), strict=True):
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert bar.x == MIDDLE if value >= 0 else abs(bar.x + bar.width - MIDDLE) < 0.11
        if longest:
            assert abs(bar.width - abs(value) / longest * (MIDDLE - 2)) < 0.06


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=4))
def test_parts_of_a_bar_fill_it_and_no_part_that_is_there_vanishes(counts: list[int]) -> None:
    parts = stacked_parts(counts)
    assert all((width > 0) == (count > 0) for count, (_, width) in zip(counts, parts, strict=True))
    if any(counts):
        assert abs(max(x + width for x, width in parts if width) - STACK) < 1


def test_a_trend_needs_two_points_and_says_which_way_it_goes() -> None:
    assert sparkline([None, 50.0, None]) is None
    falling = sparkline([70.0, 60.0, None, 51.5])
    assert falling is not None
    assert (falling.direction, falling.says) == ("down", "−18 points in 4 weeks")
    steady = sparkline([70.0, 71.0])
    assert steady is not None
    assert steady.direction == "flat"


values = st.none() | st.floats(-1e9, 1e9)


@given(st.lists(values, min_size=1, max_size=120), st.sampled_from([WIDE, NARROW]))
def test_every_known_value_of_a_metric_has_a_dot_inside_the_frame(found: list[float | None], size) -> None:
    first = LAST - timedelta(days=len(found) - 1)
    samples = [Sample(day=first + timedelta(days=at), value=one, points=None) for at, one in enumerate(found)]
    chart = metric_line(samples, unit="users", size=size)
    known = [one for one in found if one is not None]
    if chart is None:
        assert not known
        return
    assert len(chart.dots) == len(known)
    assert all(
        chart.left <= dot.x <= chart.right and chart.top <= dot.y <= chart.bottom for dot in chart.dots
    )


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_marks_are_round_evenly_apart_and_hold_everything(one: float, other: float) -> None:
    marks = scale(min(one, other), max(one, other))
    unseen = 1e-6 * (marks[1] - marks[0])
    assert marks[0] <= min(one, other, 0) + unseen
    assert marks[-1] >= max(one, other, 0) - unseen
    assert 0 in marks
    assert 2 <= len(marks) <= 7


def test_marks_a_person_would_choose() -> None:
    assert scale(3, 97) == (0, 25, 50, 75, 100)
    assert scale(-0.4, 0.1) == (-0.4, -0.2, 0.0, 0.2)


def test_a_metric_says_its_value_and_what_it_gave() -> None:
    samples = [Sample(day=LAST, value=0.34, points=-2.5)]
    chart = metric_line(samples, unit="share")
    assert chart is not None
    assert chart.dots[0].says == "21 Nov: 34%, −2.5 points"


def test_a_falling_metric_is_good_where_lower_is_healthier() -> None:
    ways = [value_sparkline([10, 5], better=better, says="") for better in ("higher", "lower", "neither")]
    assert [line.direction for line in ways if line] == ["down", "up", "flat"]
    assert value_sparkline([None, 3], better="higher", says="") is None
