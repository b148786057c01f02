"""When somebody may be told, by walking through time minute by minute: slow, and easy to see to be right."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from radar_alerts.domain.routing.quiet_hours import QuietHours

MINUTE = timedelta(minutes=1)


@cache
def _holidays(country: str, year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=year)


def may_be_told(hours: QuietHours, at: datetime) -> bool:
    """Read the clock and the calendar on the receiver's wall."""
    wall = at.astimezone(ZoneInfo(hours.time_zone))
    if wall.weekday() not in hours.working_days:
        return False
    if hours.country and wall.date() in _holidays(hours.country, wall.year):
        return False
    shown, begins, ends = (60 * one.hour + one.minute for one in (wall, hours.quiet_from, hours.quiet_to))
    if begins == ends:
        return True
    in_one_day = begins < ends
    return not (begins <= shown < ends) if in_one_day else ends <= shown < begins


def first_minute(hours: QuietHours, now: datetime, within: timedelta) -> datetime | None:
    """Return the first moment from ``now`` on at which they may be told, in steps of a minute."""
    at = now.astimezone(UTC)
    while at <= now + within:
        if may_be_told(hours, at):
            return at
        at = at.replace(second=0, microsecond=0) + MINUTE
    return None
