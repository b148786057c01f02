"""Days as the workspace cuts them: every fact and every question is placed on a day in one time zone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def to_micros(moment: datetime) -> int:
    """Return microseconds since 1970 (UTC): how moments are stored."""
    # A float of seconds is exact to a quarter of a microsecond until 2106, and three times as quick as dividing.
    return round(moment.timestamp() * 1e6)


def from_micros(micros: int) -> datetime:
    """Return the moment that ``to_micros`` made this number of."""
    return _EPOCH + timedelta(microseconds=micros)


class WorkspaceDays:
    """Cuts time into days. A day is a number: ``date.toordinal()``."""

    def __init__(self, zone: str = "UTC") -> None:
        self._zone = ZoneInfo(zone)
        self._utc = zone == "UTC"

    def day_of(self, moment: datetime) -> int:
        """Return the day that ``moment`` falls on."""
        if self._utc and moment.tzinfo is UTC:
            return moment.toordinal()
        return moment.astimezone(self._zone).toordinal()

    def through(self, as_of: datetime) -> int:
        """Return the last day that counts at ``as_of``: its own day, or the day before at exact midnight."""
        day = self.day_of(as_of)
        return day - 1 if as_of == self.start_of(day) else day

    def start_of(self, day: int) -> datetime:
        """Return the moment at which ``day`` begins."""
        return datetime.combine(date.fromordinal(day), time(), self._zone).astimezone(UTC)

    def end_of(self, day: int) -> datetime:
        """Return the midnight that ends ``day``: the as-of moment at which all of it counts."""
        return self.start_of(day + 1)
