"""Answers that took a scan, kept for a short while, so that asking often doesn't mean scanning often."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, Generic, TypeVar

from radar_chassis.clock import Clock

T = TypeVar("T")
AT_LEAST: Final = timedelta(seconds=30)
TIMES_THE_COST: Final = 10


class Remembered(Generic[T]):
    """Keeps the last ``most`` answers for 30 s, or ten times as long as the scan took.

    Scans then take at most a tenth of one core's time, however big the portfolio. One scan runs at a time; who
    asks meanwhile waits for it rather than starting another.
    """

    def __init__(self, clock: Clock, *, most: int) -> None:
        self._clock = clock
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[datetime, T]] = OrderedDict()

    def get(self, key: Hashable, scan: Callable[[], T]) -> T:
        """Return the answer to ``key``: the one kept, or a fresh one from ``scan``."""
        with self._lock:
            began = self._clock.now()
            kept = self._kept.get(key)
            if kept is not None and began < kept[0]:
                return kept[1]
            self._kept.pop(key, None)
            value = scan()
            done = self._clock.now()
            self._kept[key] = (done + max(AT_LEAST, TIMES_THE_COST * (done - began)), value)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return value
