"""Quiet hours and working days, across both clock changes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from radar_alerts.domain.routing.quiet_hours import QuietHours
from tests.support.wall_clock import first_minute

BERLIN = ZoneInfo("Europe/Berlin")
WORKDAYS = (0, 1, 2, 3, 4)
NIGHT = {"quiet_from": time(18), "quiet_to": time(8)}
# Each zone with a moment near which its clock is changed (or, in Apia, a whole day is left out).
CHANGES = {
    "Europe/Berlin": ["2026-03-29T01:00Z", "2026-10-25T01:00Z"],
    "America/New_York": ["2026-03-08T07:00Z", "2026-11-01T06:00Z"],
    "Australia/Lord_Howe": ["2026-04-04T15:00Z", "2026-10-03T15:30Z"],
    "America/Havana": ["2026-03-08T05:00Z", "2026-11-01T05:00Z"],
    "Asia/Beirut": ["2026-03-28T22:00Z", "2026-10-24T21:00Z"],
    "Africa/Casablanca": ["2026-02-15T02:00Z", "2026-03-22T02:00Z"],
    "Antarctica/Troll": ["2026-03-29T01:00Z", "2026-10-25T01:00Z"],
    "America/St_Johns": ["2006-04-02T03:31Z", "2006-10-29T02:31Z"],
    "Pacific/Apia": ["2011-12-30T10:00Z"],
    "Asia/Tokyo": ["2026-05-01T00:00Z"],
}
minutes = st.integers(0, 24 * 60 - 1).map(lambda one: time(one // 60, one % 60))
near_a_change = st.sampled_from(sorted(CHANGES)).flatmap(
    lambda zone: st.tuples(
        st.just(zone),
        st.sampled_from(CHANGES[zone]).flatmap(
            lambda at: st.integers(-36 * 3600, 12 * 3600).map(
                lambda seconds: datetime.fromisoformat(at) + timedelta(seconds=seconds)
            )
        ),
    )
)


def at(zone: ZoneInfo, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=zone, fold=fold).astimezone(UTC)


def berlin(**given) -> QuietHours:
    return QuietHours(time_zone="Europe/Berlin", **given)


@settings(max_examples=60)
@given(near_a_change, minutes, minutes, st.sampled_from([tuple(range(7)), WORKDAYS, (0, 6)]))
@example(("Europe/Berlin", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)), time(22), time(2, 30), tuple(range(7)))
@example(("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)), time(2, 15), time(2, 30), (6,))
@example(("Africa/Casablanca", datetime(2026, 2, 14, 22, 59, 59, tzinfo=UTC)), time(), time(), (0, 6))
@example(("Asia/Beirut", datetime(2026, 3, 28, 21, tzinfo=UTC)), time(22), time(0), (6,))
def test_the_same_as_walking_minute_by_minute(where, quiet_from, quiet_to, days) -> None:
    zone, now = where
    hours = QuietHours(time_zone=zone, quiet_from=quiet_from, quiet_to=quiet_to, working_days=days)
    assert hours.next_open(now) == first_minute(hours, now, timedelta(days=8))


@given(near_a_change, minutes, minutes)
def test_what_is_released_is_not_held_again(where, quiet_from, quiet_to) -> None:
    zone, now = where
    hours = QuietHours(time_zone=zone, quiet_from=quiet_from, quiet_to=quiet_to)
    released = hours.next_open(now)
    assert hours.is_open(released)
    assert hours.next_open(released) == released


def test_the_end_that_the_clock_leaves_out_is_when_the_clock_is_put_forward() -> None:
    hours = berlin(quiet_from=time(22), quiet_to=time(2, 30))
    assert hours.next_open(at(BERLIN, 2026, 3, 28, 23)) == at(BERLIN, 2026, 3, 29, 3)


def test_the_end_that_the_clock_shows_twice_is_the_first() -> None:
    hours = berlin(quiet_from=time(22), quiet_to=time(2, 30))
    assert hours.next_open(at(BERLIN, 2026, 10, 24, 23)) == at(BERLIN, 2026, 10, 25, 2, 30, fold=0)


def test_eight_in_the_morning_is_eight_on_the_wall_before_and_after_a_change() -> None:
    hours = berlin(**NIGHT)
    nights = [(3, 28), (3, 29), (10, 24), (10, 25)]
    opened = [hours.next_open(at(BERLIN, 2026, month, day, 20)) for month, day in nights]
    assert [one.astimezone(BERLIN).hour for one in opened] == [8, 8, 8, 8]
    assert [one.hour for one in opened] == [6, 6, 7, 7]


def test_a_weekend_and_a_public_holiday_are_waited_for() -> None:
    hours = berlin(**NIGHT, working_days=WORKDAYS, country="DE")
    good_friday_eve = at(BERLIN, 2026, 4, 2, 19)
    assert hours.next_open(good_friday_eve) == at(BERLIN, 2026, 4, 7, 8)


def test_a_holiday_of_one_part_of_a_country() -> None:
    epiphany = at(BERLIN, 2026, 1, 6, 12)
    assert berlin(country="DE").is_open(epiphany)
    assert not berlin(country="DE-BY").is_open(epiphany)


@pytest.mark.parametrize("country", ["DE", "JP", "US", "CN"])
def test_holidays_the_same_as_walking_minute_by_minute(country) -> None:
    hours = QuietHours(
        time_zone="UTC", working_days=WORKDAYS, country=country, quiet_from=time(18), quiet_to=time(8)
    )
    for day in range(-3, 4):
        now = datetime(2026, 1, 1, 19, 30, 20, tzinfo=UTC) + timedelta(days=day)
        assert hours.next_open(now) == first_minute(hours, now, timedelta(days=12))


def test_who_has_no_quiet_hours_is_told_at_any_time() -> None:
    now = datetime(2026, 3, 29, 1, 30, 5, tzinfo=UTC)
    assert berlin().next_open(now) == now
