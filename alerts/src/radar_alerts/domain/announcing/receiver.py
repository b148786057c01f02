"""Whom to tell: a person or a team, with the ways to reach them, in what language, and when they work."""

from datetime import datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from radar_alerts.domain.routing import Destination
from radar_vocabulary.language.tags import Language

ReceiverKind = Literal["owner", "queue", "operators", "named"]
BUDGET: Final = 3


class Receiver(Struct, frozen=True, kw_only=True):
    """One receiver.

    Attributes:
        id: opaque; the same for the same person or team, and no address.
        destinations: the ways to reach them, tried in order.
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
    budget: int = BUDGET
    digest_hour: int = 8
    digest_weekday: int | None = None

    def day_began(self, now: datetime) -> datetime:
        """Return when the receiver's present day began."""
        zone = ZoneInfo(self.time_zone)
        return datetime.combine(now.astimezone(zone).date(), time(), zone)

    def next_digest(self, now: datetime) -> datetime:
        """Return when their next digest is due after ``now``."""
        zone = ZoneInfo(self.time_zone)
        day = now.astimezone(zone).date()
        while True:
            due = datetime.combine(day, time(self.digest_hour), zone)
            if due > now and self.digest_weekday in {None, day.weekday()}:
                return due
            day += timedelta(days=1)

    def digest_due(self, last: datetime | None, now: datetime) -> bool:
        """Return whether a digest time has come since the last one; ``last`` None: it never had one."""
        zone = ZoneInfo(self.time_zone)
        day = now.astimezone(zone).date()
        for back in range(8):
            due = datetime.combine(day - timedelta(days=back), time(self.digest_hour), zone)
            if due <= now and self.digest_weekday in {None, due.weekday()}:
                return last is None or last < due
        return False
