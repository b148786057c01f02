"""What waits for one receiver at the same time: one message for all cases of an account, the most pressing first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from radar_alerts.domain.cases.severity import ORDER
from radar_vocabulary.contracts.alerts import Severity
from radar_vocabulary.contracts.scalars import Day, Moment

_LAST_DAY: Final = Day.max


@dataclass(frozen=True, kw_only=True)
class ToTell:
    """One thing to be said to one receiver.

    Attributes:
        id: of the announcement.
        act_by: the nearest day by which somebody must act: for giving notice, else of the renewal.
    """

    id: str
    receiver_id: str
    account_id: str
    case_id: str
    severity: Severity
    at: Moment
    act_by: Day | None = None

    @property
    def urgency(self) -> tuple[int, Day, Moment, str]:
        """Return what is least for the most pressing."""
        return -ORDER.index(self.severity), self.act_by or _LAST_DAY, self.at, self.id


@dataclass(frozen=True, kw_only=True)
class OneMessage:
    """What one message to one receiver says, the most pressing first: all of it is about one account."""

    items: tuple[ToTell, ...]

    @property
    def critical(self) -> bool:
        """Return whether a case in it is critical."""
        return self.items[0].severity == "critical"


def messages_of(waiting: Iterable[ToTell]) -> tuple[OneMessage, ...]:
    """Return the messages to make of what waits: one for each receiver and account, the most pressing first."""
    found: dict[tuple[str, str], list[ToTell]] = {}
    for one in sorted(waiting, key=lambda one: one.urgency):
        found.setdefault((one.receiver_id, one.account_id), []).append(one)
    return tuple(OneMessage(items=tuple(some)) for some in found.values())
