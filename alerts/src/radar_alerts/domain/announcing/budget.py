"""How many messages a receiver gets at once in a day of theirs; the rest goes into their digest."""

from collections.abc import Iterable
from dataclasses import dataclass

from radar_alerts.domain.announcing.together import OneMessage


@dataclass(frozen=True, kw_only=True)
class Shared:
    """One receiver's messages: those to send at once, and those that the budget sends to the digest."""

    at_once: tuple[OneMessage, ...]
    over_budget: tuple[OneMessage, ...]


def within_budget(messages: Iterable[OneMessage], *, told_today: int, budget: int) -> Shared:
    """Share out one receiver's messages, which come the most pressing first.

    ``told_today``: messages at once since the receiver's day began (``Receiver.day_began``), critical ones left out,
    since they are sent whatever the budget and use none of it.
    """
    at_once, over = [], []
    left = budget - told_today
    for one in messages:
        if one.critical:
            at_once.append(one)
        elif left > 0:
            at_once.append(one)
            left -= 1
        else:
            over.append(one)
    return Shared(at_once=tuple(at_once), over_budget=tuple(over))
