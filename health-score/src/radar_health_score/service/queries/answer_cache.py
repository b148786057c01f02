"""Answers that took a scan, kept for a short while, so that asking often doesn't mean scanning often."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, Generic, TypeVar

from radar_chassis.clock import Clock
from radar_chassis.errors import Unavailable

T = TypeVar("T")
AT_LEAST: Final = timedelta(seconds=30)
TIMES_THE_COST: Final = 10
WAIT_SECONDS: Final = 5.0


class AnswerCache(Generic[T]):
    """Keeps the last ``most`` answers for 30 s, or ten times as long as the scan took.

    Scans then take at most a tenth of one core's time, however big the portfolio. One scan runs at a time: who
    asks meanwhile gets the answer before it, or waits up to ``wait`` seconds for it.
    """

    def __init__(self, clock: Clock, *, most: int, wait: float = WAIT_SECONDS) -> None:
        self._clock = clock
        self._most = most
        self._wait = wait
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[datetime, T]] = OrderedDict()

    def get(self, key: Hashable, scan: Callable[[], T]) -> T:
        """Return the answer to ``key``: the one kept, or a fresh one from ``scan``.

        Raises:
            Unavailable: another scan goes on and no earlier answer is there.
        """
        kept = self._kept.get(key)
        if kept is not None and self._clock.now() < kept[0]:
            return kept[1]
        if not self._lock.acquire(timeout=0 if kept else self._wait):
            if kept is not None:
                return kept[1]
            raise Unavailable(
                "Another scan of all accounts is running; try again in a few seconds.", retry_after=self._wait
            )
        try:
            return self._fresh(key, scan)
        finally:
            self._lock.release()

    def _fresh(self, key: Hashable, scan: Callable[[], T]) -> T:
        began = self._clock.now()
        kept = self._kept.get(key)
        if kept is not None and began < kept[0]:
            return kept[1]
        value = scan()
        done = self._clock.now()
        self._kept[key] = (done + max(AT_LEAST, TIMES_THE_COST * (done - began)), value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return value
