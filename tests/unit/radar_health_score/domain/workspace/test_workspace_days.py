from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, from_micros, to_micros

moments = st.integers(0, 4_000_000_000_000_000).map(from_micros)


@given(moments)
def test_microseconds_are_exact(moment: datetime) -> None:
    assert from_micros(to_micros(moment)) == moment


@given(moments, st.sampled_from(["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu"]))
def test_a_moment_lies_in_its_day(moment: datetime, zone: str) -> None:
    days = WorkspaceDays(zone)
    day = days.day_of(moment)
    assert days.start_of(day) <= moment < days.end_of(day)
    assert days.through(days.end_of(day)) == day


def test_the_offset_a_moment_is_written_with_does_not_matter() -> None:
    days = WorkspaceDays()
    moment = datetime(2026, 11, 21, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert days.day_of(moment) == days.day_of(moment.astimezone(UTC)) == date(2026, 11, 20).toordinal()


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-07-01", 24)])
def test_a_day_is_as_long_as_the_clocks_say(day: str, hours: int) -> None:
    days = WorkspaceDays("Europe/Berlin")
    number = date.fromisoformat(day).toordinal()
    assert days.end_of(number) - days.start_of(number) == timedelta(hours=hours)
