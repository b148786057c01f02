"""When a receiver may be told: outside their quiet hours, on their working days, as the clock on their wall shows."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from radar_alerts.domain.routing.public_holidays import is_holiday

EVERY_DAY: Final = (0, 1, 2, 3, 4, 5, 6)
_FURTHEST: Final = 366
_MIDNIGHT: Final = time()


class QuietHours(Struct, frozen=True, kw_only=True):
    """The times at which nobody is told; kept as wall-clock times, so a clock change needs no new settings.

    Where a clock is set back, the repeated hour counts by what the clock shows, both times.

    Attributes:
        time_zone: an IANA name.
        working_days: 0 for Monday.
        quiet_from: the local time at which quiet begins on every day.
        quiet_to: the local time at which it ends; before ``quiet_from``: on the next day. Equal: there is none.
        country: an ISO 3166 code (DE, DE-BY) whose public holidays are no working days.
    """

    time_zone: str
    working_days: tuple[int, ...] = EVERY_DAY
    quiet_from: time = _MIDNIGHT
    quiet_to: time = _MIDNIGHT
    country: str | None = None

    def is_open(self, now: datetime) -> bool:
        """Return whether they may be told now."""
        local = now.astimezone(ZoneInfo(self.time_zone))
        return self._is_working_day(local.date()) and not self._is_quiet(local.time())

    def next_open(self, now: datetime) -> datetime:
        """Return the first moment from ``now`` on at which they may be told, in UTC.

        A quiet time that ends in an hour that a clock change leaves out ends when that hour would have begun. Without
        any such moment within a year, ``now``: a message isn't kept back for ever.
        """
        now = now.astimezone(UTC)
        if self.is_open(now):
            return now
        day = now.astimezone(ZoneInfo(self.time_zone)).date() - timedelta(days=1)
        for _ in range(_FURTHEST):
            # Two days together: a clock set back over midnight mixes their moments.
            following = day + timedelta(days=1)
            changes = sorted({*self._changes(day), *self._changes(following)})
            found = next((at for at in changes if at > now and self.is_open(at)), None)
            if found is not None:
                return found
            day = following
        return now

    def _is_working_day(self, day: date) -> bool:
        if day.weekday() not in self.working_days:
            return False
        return self.country is None or not is_holiday(day, self.country)

    def _is_quiet(self, shown: time) -> bool:
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= shown < self.quiet_to
        return shown >= self.quiet_from or shown < self.quiet_to

    def _changes(self, day: date) -> Iterator[datetime]:
        """Yield every moment of a local day at which it can begin to be open."""
        zone = ZoneInfo(self.time_zone)
        shown = [
            datetime.combine(day, at, zone).replace(fold=fold)
            for at in {_MIDNIGHT, self.quiet_to}
            for fold in (0, 1)
        ]
        moments = [*(at.astimezone(UTC) for at in shown), *_clock_changes(day, zone)]
        yield from (at for at in moments if at.astimezone(zone).date() == day)


def _clock_changes(day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield when the clock is changed, on a local day or in the hours around it."""
    low = datetime.combine(day, _MIDNIGHT, zone).astimezone(UTC) - timedelta(hours=3)
    high = low + timedelta(hours=30)
    before = low.astimezone(zone).utcoffset()
    if before == high.astimezone(zone).utcoffset():
        return
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    yield high
