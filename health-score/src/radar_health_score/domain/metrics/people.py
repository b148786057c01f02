"""The people of an account: where each stands in a user's life, and how much of the use is theirs.

The life of a user: *new* (first seen in the window of 28 days), *active* (seen in it, and before), *dormant* (seen
last in the window before), *lost* (silent for longer, or has left the account). Who never used the product is none
of these.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from radar_health_score.domain.account.facts import WINDOW_DAYS, AccountFacts, Person
from radar_health_score.domain.metrics.windows import AccountView, tally
from radar_vocabulary.contracts.scalars import Life, Role

_WINDOW = timedelta(days=WINDOW_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleUse:
    """A role within an account; those who left don't count. ``last_day`` is that of whoever was there last."""

    people: int
    active: int
    last_day: date | None


def life_of(person: Person, through: date, as_of: datetime) -> Life | None:
    """Return where the person stands at ``as_of``; None for who never used the product.

    ``through`` is the last day that counts then.
    """
    if person.first_day is None or person.last_day is None:
        return None
    if person.has_left(as_of) or person.last_day <= through - 2 * _WINDOW:
        return "lost"
    if person.last_day <= through - _WINDOW:
        return "dormant"
    return "new" if person.first_day > through - _WINDOW else "active"


def lives(facts: AccountFacts) -> Counter[Life | None]:
    """Return how many people stand where."""
    found = Counter(life_of(person, facts.through, facts.as_of) for person in facts.people)
    found["lost"] += facts.inactive.present + facts.inactive.left
    return found


def roles(facts: AccountFacts) -> Mapping[Role | None, RoleUse]:
    """Return each role that somebody has, and those whose role nobody told (None)."""
    present = [person for person in facts.people if not person.has_left(facts.as_of)]
    return {
        role: _role_use([one for one in present if one.role == role], facts.through)
        for role in dict.fromkeys(person.role for person in present)
    }


def champion(facts: AccountFacts) -> Person | None:
    """Return the most active user of the last 90 days, as the metric champion_silent means it."""
    totals = tally(facts.usage)
    return _numbered(facts, int(totals.argmax())) if totals.any() else None


def busiest(view: AccountView) -> Person | None:
    """Return the most active user of the window, whose share is the metric concentration."""
    totals = tally(view.current.days)
    return _numbered(view.facts, int(totals.argmax())) if totals.any() else None


def shares(totals: NDArray[np.float64]) -> Mapping[int, float]:
    """Return each user's share of the records in ``totals`` (by user number, see ``tally``)."""
    whole = totals.sum()
    return {number: float(of_user / whole) for number, of_user in enumerate(totals) if of_user}


def _role_use(people: list[Person], through: date) -> RoleUse:
    days = [person.last_day for person in people if person.last_day is not None]
    return RoleUse(
        people=len(people),
        active=sum(1 for day in days if day > through - _WINDOW),
        last_day=max(days, default=None),
    )


def _numbered(facts: AccountFacts, number: int) -> Person | None:
    return next((person for person in facts.people if person.number == number), None)
