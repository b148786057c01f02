"""The moments a replay is asked for: ends of days, as the workspace cuts them."""

from datetime import UTC, datetime

import pytest

from radar.replay.days import moments
from radar_chassis.errors import InvalidRequest

NOW = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)


def request(first=None, last=None, as_of=(), every="day", zone="UTC"):
    days = [None if day is None else datetime.fromisoformat(day) for day in (first, last)]
    return moments(zone, NOW, first=days[0], last=days[1], as_of=as_of, every=every)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_day_counts_to_its_end_and_today_till_now():
    assert request("2026-11-20") == (at("2026-11-21"), NOW)
    assert request() == (NOW,)
    assert request(last="2026-11-19") == (at("2026-11-20"),)


def test_days_are_those_of_the_workspace():
    assert request("2026-11-19", "2026-11-19", zone="Asia/Tokyo") == (at("2026-11-19T15:00"),)


def test_weeks_are_counted_back_from_the_last_day():
    weeks = request("2026-11-01", "2026-11-20", every="week")
    assert weeks == (at("2026-11-07"), at("2026-11-14"), at("2026-11-21"))


def test_moments_may_be_named_in_any_order_and_twice():
    named = ("2026-11-20T10:00:00+01:00", "2026-03-01", "2026-11-20T09:00:00Z", "2026-11-21", "now")
    assert request(as_of=named) == (at("2026-03-02"), at("2026-11-20T09:00"), NOW)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"first": "2026-11-22"}, "--from must not be after --to"),
        ({"last": "2026-11-22"}, "--to must not be in the future"),
        ({"first": "2001-01-01"}, "--every week makes them fewer"),
        ({"as_of": ["2026-11-22"]}, "--as-of is in the future"),
        ({"as_of": ["2026-11-20T10:00:00"]}, "needs an offset"),
        ({"as_of": ["soon"]}, "Times must be a date"),
        ({"as_of": ["2026-11-20"], "first": "2026-11-01"}, "not both"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(options, sentence):
    with pytest.raises(InvalidRequest, match=sentence):
        request(**options)
