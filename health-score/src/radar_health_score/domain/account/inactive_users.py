"""Which users of an account are inactive, and how they are counted.

An inactive user was last active before a day beyond every metric's reach (a year), and no metric or finding needs
their name: decision makers and managers stay listed, and of the others one for each question that asks for
the last or for any.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from radar_health_score.domain.account.facts import Person
from radar_health_score.domain.account.inactive_counts import InactiveCounts
from radar_health_score.domain.account.year_use import YEAR_DAYS

_NAMED: Final = frozenset({"decision_maker", "manager"})


@dataclass(frozen=True, slots=True, kw_only=True)
class InactiveUsers:
    """Everybody of an account who was last active before the day ``until``.

    Attributes:
        numbers: of all of them. ``listed``: those who stay listed. ``inactive``: the others.
        until: an ordinal; on a later day than ``expires`` more are inactive, and it should be counted anew.
    """

    numbers: BitMap
    listed: Sequence[Person]
    inactive: InactiveCounts
    until: int

    @property
    def expires(self) -> int:
        """The last day, as an ordinal, on which this serves well."""
        return self.until + YEAR_DAYS + 28


def inactive_users(people: Iterable[Person], through: int) -> InactiveUsers:
    """Return those of ``people`` who were silent for all of the year that ends with the day ``through``."""
    until = through - YEAR_DAYS + 1
    silent = [one for one in people if one.last_day is not None and one.last_day.toordinal() < until]
    listed = _listed(silent, through)
    chosen = {one.number for one in listed}
    inactive = [one for one in silent if one.number not in chosen]
    present = [one for one in inactive if one.left_at is None]
    return InactiveUsers(
        numbers=BitMap(one.number for one in silent),
        listed=listed,
        inactive=InactiveCounts(
            present=len(present),
            left=len(inactive) - len(present),
            activated=sum(1 for one in present if one.activated_day),
            first_days=_days(one.first_day or one.last_day for one in inactive),
            last_days=_days(one.last_day for one in inactive),
        ),
        until=until,
    )


def _listed(silent: Sequence[Person], through: int) -> Sequence[Person]:
    """Return the named, those who will leave, and for everybody, executors and the activated who was there last."""
    present = [one for one in silent if one.left_at is None]
    groups = (
        silent,
        [one for one in present if one.role == "executor"],
        [one for one in silent if one.activated_day],
    )
    last = [max(group, key=lambda one: one.last_day or date.min) for group in groups if group]
    named = [one for one in silent if one.role in _NAMED or _leaves_after(one, through)]
    return list({one.number: one for one in (*named, *last)}.values())


def _leaves_after(person: Person, through: int) -> bool:
    """Return whether the person may leave after the day ``through``, in any time zone."""
    return person.left_at is not None and person.left_at.toordinal() >= through - 1


def _days(days: Iterable[date | None]) -> NDArray[np.int32]:
    return np.array([day.toordinal() for day in days if day is not None], np.int32)
