"""Whom to tell: a person or a team, the ways to reach them, in what language, and when they work."""

from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from radar_alerts.domain.routing.destinations import Destination
from radar_alerts.domain.routing.quiet_hours import QuietHours
from radar_vocabulary.contracts.alerts import Tier
from radar_vocabulary.language.tags import Language

ReceiverKind = Literal["owner", "queue", "operators", "named"]
BUDGET: Final = 3
# No one is away for longer than so many days in a row by working days and public holidays.
_LONGEST_QUIET: Final = 31


class Receiver(Struct, frozen=True, kw_only=True):
    """One receiver.

    Attributes:
        id: opaque; the same for the same person or team, and no address.
        destinations: the ways to reach them, tried in order; the last is the console.
        quiet: when they aren't told; None: they may always be.
        budget: how many messages a day they get at once; the rest goes into their digest.
        digest_hour: the hour of their day at which their digest is made.
        digest_weekday: 0 for Monday; None: every day.
    """

    id: str
    kind: ReceiverKind
    name: str
    destinations: tuple[Destination, ...]
    language: Language = "en"
    time_zone: str = "UTC"
    quiet: QuietHours | None = None
    budget: int = BUDGET
    digest_hour: int = 8
    digest_weekday: int | None = None

    def day_began(self, now: datetime) -> datetime:
        """Return when the receiver's present day began."""
        zone = ZoneInfo(self.time_zone)
        return datetime.combine(now.astimezone(zone).date(), time(), zone)

    def next_open(self, now: datetime) -> datetime:
        """Return the first moment from ``now`` on at which they may be told."""
        return now if self.quiet is None else self.quiet.next_open(now)

    def told_at(self, tier: Tier, now: datetime) -> datetime:
        """Return when they are told of what comes up now."""
        return self.next_open(now) if tier == "now" else self.next_digest(now)

    def next_digest(self, now: datetime) -> datetime:
        """Return when their next digest is due after ``now``: one that falls in quiet hours waits for their end."""
        today = self._local_day(now)
        days = (today + timedelta(days=each) for each in range(-_LONGEST_QUIET, _LONGEST_QUIET))
        due = (self._digest_of(day) for day in days if self._has_digest(day))
        return next(at for at in due if at > now)

    def last_digest(self, now: datetime) -> datetime:
        """Return when their latest digest was due, at ``now`` or before."""
        today = self._local_day(now)
        days = (today - timedelta(days=back) for back in range(2 * _LONGEST_QUIET))
        due = (self._digest_of(day) for day in days if self._has_digest(day))
        return next(at for at in due if at <= now)

    def digest_due(self, last: datetime | None, now: datetime) -> bool:
        """Return whether a digest's time has come since the ``last`` one; None: they never had one."""
        return last is None or last < self.last_digest(now)

    def _local_day(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.time_zone)).date()

    def _has_digest(self, day: date) -> bool:
        return self.digest_weekday in {None, day.weekday()}

    def _digest_of(self, day: date) -> datetime:
        zone = ZoneInfo(self.time_zone)
        return self.next_open(datetime.combine(day, time(self.digest_hour), zone))
