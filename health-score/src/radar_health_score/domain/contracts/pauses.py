"""When a contract is paused: it goes on, and nothing is paid for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

Pause = tuple[date, date | None]


def stated_pauses(pauses: tuple[Pause, ...], says: Mapping[str, Any], told: date) -> tuple[Pause, ...]:
    """Return the pauses (first day, day on which it goes on or None) after a statement that may say something of them.

    A first day after the last pause is another pause; any other corrects the last one, and None takes it back. What was
    over when None was ``told`` stays: senders that repeat every field say None of each contract that isn't paused.
    """
    over = bool(pauses) and pauses[-1][1] is not None and pauses[-1][1] <= told
    if over and says.get("paused_from") is None and says.get("paused_until") is None:
        return pauses
    if "paused_from" not in says:
        if "paused_until" in says and pauses:
            return (*pauses[:-1], (pauses[-1][0], says["paused_until"]))
        return pauses
    begins, until = says["paused_from"], says.get("paused_until")
    if begins is None:
        return pauses[:-1]
    another = not pauses or (pauses[-1][1] is not None and begins >= pauses[-1][1])
    if not another and "paused_until" not in says and pauses[-1][0] == begins:
        until = pauses[-1][1]
    return (*(pauses if another else pauses[:-1]), (begins, until))


def is_paused(pauses: tuple[Pause, ...], day: date) -> bool:
    """Return whether ``day`` lies in one of the pauses."""
    return any(begins <= day and (until is None or day < until) for begins, until in pauses)
