"""Cuts a history into requests."""

from collections.abc import Iterable, Iterator

from radar.simulator.native import NativeEvent


def batches(history: Iterable[list[NativeEvent]], *, most: int) -> Iterator[list[NativeEvent]]:
    """Yield lists of at most ``most`` events: whole accounts together, cut only where one is larger than that."""
    waiting: list[NativeEvent] = []
    for account in history:
        if waiting and len(waiting) + len(account) > most:
            yield waiting
            waiting = []
        waiting = [*waiting, *account]
        while len(waiting) > most:
            yield waiting[:most]
            waiting = waiting[most:]
    if waiting:
        yield waiting
