"""Causes: drivers that mean the same, under one name."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.contracts.health import CausePoints, Driver, HealthSnapshot
from radar_vocabulary.contracts.scalars import Cause
from radar_vocabulary.language.messages import Message, message

CAUSES: Final[Mapping[Cause, Message]] = {
    "use_fading": message("Usage is fading"),
    "people_leaving": message("People are leaving"),
    "sponsor_quiet": message("The sponsor is quiet"),
    "not_adopted": message("Key features aren't adopted"),
    "support_trouble": message("Support trouble"),
    "money": message("Payment and price"),
    "outcome_missed": message("Goals are missed"),
    "promises": message("Promises not kept"),
}
SHOWN: Final = 3
_OPEN: Final = ("severe_open_tickets", "open_complaints")


def worst_causes(snapshot: HealthSnapshot) -> tuple[CausePoints, ...]:
    """Return at most SHOWN causes that take points, worst first.

    A severe ticket or a complaint that is open comes first: who has a complaint open and is silent is silent for it.
    """
    against = sorted(
        (one for one in snapshot.causes if one.points < 0), key=lambda one: (one.points, one.cause)
    )
    if any(snapshot.readings.get(name, 0) >= 1 for name in _OPEN):
        trouble = next((one for one in against if one.cause == "support_trouble"), None)
        trouble = trouble or CausePoints(cause="support_trouble", points=0.0)
        against = [trouble, *(one for one in against if one.cause != "support_trouble")]
    return tuple(against[:SHOWN])


def drivers_of(snapshot: HealthSnapshot, cause: Cause) -> tuple[Driver, ...]:
    """Return the drivers of a cause that take points, the strongest first."""
    theirs = (one for one in snapshot.drivers if one.cause == cause and one.points < 0)
    return tuple(sorted(theirs, key=lambda one: one.points))
