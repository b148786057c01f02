"""When a receiver is told, and when their digest is made."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_alerts.domain.routing.quiet_hours import QuietHours
from radar_alerts.domain.routing.receiver import Receiver

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = QuietHours(
    time_zone="Europe/Berlin",
    working_days=(0, 1, 2, 3, 4),
    quiet_from=time(18),
    quiet_to=time(8),
    country="DE",
)


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)


def anna(**given) -> Receiver:
    return Receiver(
        id="rc_1", kind="owner", name="Anna", destinations=(), **{"time_zone": "Europe/Berlin", **given}
    )


def test_a_daily_digest_at_its_hour_of_the_receivers_day() -> None:
    assert anna().next_digest(berlin(2026, 11, 27, 7, 59)) == berlin(2026, 11, 27, 8)
    assert anna().next_digest(berlin(2026, 11, 27, 8)) == berlin(2026, 11, 28, 8)


def test_a_weekly_digest_on_its_day() -> None:
    assert anna(digest_weekday=0).next_digest(berlin(2026, 11, 27, 9)) == berlin(2026, 11, 30, 8)


def test_a_digest_waits_for_the_next_working_day() -> None:
    thursday = berlin(2026, 4, 2, 9)
    assert anna(quiet=OFFICE).next_digest(thursday) == berlin(2026, 4, 7, 8)
    assert anna(quiet=OFFICE, digest_weekday=5).next_digest(thursday) == berlin(2026, 4, 7, 8)


def test_a_digest_is_due_once() -> None:
    made = berlin(2026, 11, 27, 8, 1)
    assert anna().digest_due(None, made)
    assert anna().digest_due(berlin(2026, 11, 26, 8, 2), made)
    assert not anna().digest_due(made, berlin(2026, 11, 28, 7, 59))
    assert anna().digest_due(made, berlin(2026, 11, 28, 8))


@pytest.mark.parametrize("day", [(2026, 3, 29), (2026, 10, 25)])
def test_a_digest_in_the_hour_of_a_clock_change_is_made_once(day) -> None:
    receiver = anna(digest_hour=2)
    began = datetime(*day, tzinfo=BERLIN).astimezone(UTC)
    last, made = began - timedelta(hours=10), []
    for minutes in range(0, 24 * 60, 5):
        now = began + timedelta(minutes=minutes)
        if receiver.digest_due(last, now):
            made.append(now)
            last = now
    assert len(made) == 1


def test_told_at_once_waits_for_the_end_of_quiet_hours() -> None:
    evening = berlin(2026, 11, 27, 19)
    assert anna(quiet=OFFICE).told_at("now", evening) == berlin(2026, 11, 30, 8)
    assert anna().told_at("now", evening) == evening
    assert anna().told_at("digest", evening) == berlin(2026, 11, 28, 8)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
anybody = st.builds(
    anna,
    digest_hour=st.integers(0, 23),
    digest_weekday=st.none() | st.integers(0, 6),
    quiet=st.sampled_from([None, OFFICE]),
)


@settings(max_examples=60)
@given(anybody, moments)
def test_one_digest_after_the_other_and_none_in_quiet_hours(receiver, now) -> None:
    last, following = receiver.last_digest(now), receiver.next_digest(now)
    assert last <= now < following
    assert receiver.next_open(following) == following
    assert receiver.last_digest(following) == following
    assert receiver.next_digest(last) == following
