"""Which causes a message names: at most three, worst first, none that speaks for the customer."""

from typing import Final

from radar_alerts.domain.cases.case import Case
from radar_vocabulary.contracts.health import Driver, HealthSnapshot
from radar_vocabulary.contracts.scalars import Cause
from radar_vocabulary.language.messages import message
from radar_vocabulary.language.translator import Translator, translator_for
from radar_vocabulary.reasons.causes import CAUSES, SHOWN, drivers_of, worst_causes

DRIVERS_SHOWN: Final = 2
_OPEN_TICKETS: Final = "severe_open_tickets"
_CAUSE: Final = message("{cause}: {reason}")
_TWO: Final = message("{one}. {other}")


def causes(snapshot: HealthSnapshot, case: Case | None = None) -> tuple[Cause, ...]:
    """Return the causes to name, the one to act on first.

    A severe ticket or a complaint that is open comes first whatever its points: who is silent with a complaint open is
    silent because of it. The snapshot's readings tell of it, its drivers, or a signal of ``case`` that stands.
    """
    found = [one.cause for one in worst_causes(snapshot)]
    if _trouble(snapshot, case):
        found = ["support_trouble", *(one for one in found if one != "support_trouble")]
    return tuple(found[:SHOWN])


def reasons(snapshot: HealthSnapshot, case: Case | None, translator: Translator) -> tuple[str, ...]:
    """Return the causes in words, each with its strongest drivers; plain drivers of a snapshot older than causes."""
    named = causes(snapshot, case)
    if named:
        return tuple(_told(snapshot, one, translator) for one in named)
    against = sorted((one for one in snapshot.drivers if one.points < 0), key=lambda one: one.points)
    return tuple(one.text for one in against[:SHOWN])


def cause_name(cause: Cause, translator: Translator) -> str:
    """Return what the cause is called."""
    return translator_for(translator.language, "radar_vocabulary").say(CAUSES[cause])


def _told(snapshot: HealthSnapshot, cause: Cause, translator: Translator) -> str:
    name = cause_name(cause, translator)
    strongest = _drivers(snapshot, cause)
    if not strongest:
        return name
    return translator.say(_CAUSE, cause=name, reason=_both([one.text for one in strongest], translator))


def _drivers(snapshot: HealthSnapshot, cause: Cause) -> tuple[Driver, ...]:
    theirs = drivers_of(snapshot, cause)
    if cause == "support_trouble":
        theirs = tuple(sorted(theirs, key=lambda one: one.metric != _OPEN_TICKETS))
    return theirs[:DRIVERS_SHOWN]


def _both(texts: list[str], translator: Translator) -> str:
    return translator.say(_TWO, one=texts[0], other=texts[1]) if len(texts) > 1 else texts[0]


def _trouble(snapshot: HealthSnapshot, case: Case | None) -> bool:
    told = any(one.metric == _OPEN_TICKETS and one.value >= 1 and one.points < 0 for one in snapshot.drivers)
    signal = case is not None and any(one.rule == "severe_ticket" for one in case.standing)
    return told or signal
