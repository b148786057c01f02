"""When an import of history is complete: no account is scored from half of its history."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from radar_health_score.repositories.score_records import PendingImport
from radar_vocabulary.contracts.event_record import EventRecord

OLD_NEWS: Final = timedelta(days=1)
LONGEST: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDelay:
    """How long history waits for more of it.

    Attributes:
        quiet: without another batch of history for so long, it is told.
        longest: after so long it is scored whatever still comes, so that a stream of old news can't hold it up.
    """

    quiet: timedelta
    longest: timedelta = LONGEST

    def is_over(self, pending: PendingImport, now: datetime) -> bool:
        """Return whether the history may be scored."""
        return now - pending.last_at >= self.quiet or now - pending.first_at >= self.longest


def is_history(record: EventRecord) -> bool:
    """Return whether the event counted as known well before it came: it was imported, it isn't news."""
    return record.received_at - record.known_at > OLD_NEWS
