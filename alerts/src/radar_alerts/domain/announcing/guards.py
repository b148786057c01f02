"""Guards before anything is announced: many cases at once are held, those of accounts just met go into one digest."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from radar_alerts.domain.announcing.announcement import OPENINGS, Announcement

HOUR: Final = timedelta(hours=1)
HoldKind = Literal["mass", "version"]


@dataclass(frozen=True, kw_only=True)
class Opening:
    """An opening that waits to be announced.

    Attributes:
        known_since: when its account became known, by the clock.
        new_version: the scorecard, model or rule version behind it, if that is new; None: nothing new is behind it.
        by_calendar: its renewal has just come within its rule's window, as a calendar has it.
    """

    announcement: Announcement
    known_since: datetime
    new_version: str | None
    by_calendar: bool


@dataclass(frozen=True, kw_only=True)
class MassLimit:
    """How many openings an hour are plausible: ``least``, or ``share`` of the open contracts.

    Cases of accounts that became known less than ``first_contact`` ago go into one digest a receiver.
    """

    least: int = 3
    share: float = 0.05
    first_contact: timedelta = timedelta(hours=24)

    def of(self, open_contracts: int) -> int:
        """Return the number of openings within an hour that nobody holds."""
        return max(self.least, math.floor(self.share * open_contracts))


@dataclass(frozen=True, kw_only=True)
class GuardVerdict:
    """What is held, by the hold's key, and what goes into a first digest. The rest may go on."""

    held: Mapping[str, tuple[Announcement, ...]]
    first_contact: frozenset[str]


def guard(
    openings: Iterable[Opening],
    lately: Mapping[str, int],
    open_contracts: int,
    limit: MassLimit,
    now: datetime,
) -> GuardVerdict:
    """Return what the guards keep back.

    Args:
        openings: those that wait.
        lately: openings of the hour before that went out or were held, by key ("mass", or a new version).
        open_contracts: how many contracts are open in the workspace.
        limit: how many an hour are plausible.
        now: by the clock.
    """
    waiting = [one for one in openings if one.announcement.kind in OPENINGS]
    first = frozenset(one.announcement.id for one in waiting if now - one.known_since < limit.first_contact)
    counted = [one for one in waiting if one.announcement.id not in first and not one.by_calendar]
    numbers = Counter(hold_key(one) for one in counted)
    allowed = limit.of(open_contracts)
    held: dict[str, list[Announcement]] = {}
    for one in counted:
        key = hold_key(one)
        if numbers[key] + lately.get(key, 0) > allowed:
            held.setdefault(key, []).append(one.announcement)
    return GuardVerdict(held={key: tuple(some) for key, some in held.items()}, first_contact=first)


def hold_key(opening: Opening) -> str:
    """Return what the opening is counted under: its new version, else the hour's mass."""
    return opening.new_version or "mass"
