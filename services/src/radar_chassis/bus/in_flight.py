"""Publishes without an answer yet: bounded in bytes, and answered within a deadline."""

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, InvalidStateError
from time import monotonic

from radar_chassis.bus.port import BusOverloaded, BusUnavailable, Outgoing, Position
from radar_chassis.errors import RadarError

_RECORD_OVERHEAD = 96


def size_of(records: Sequence[Outgoing]) -> int:
    """Return about how many bytes of memory the records hold while they are in flight."""
    total = len(records) * _RECORD_OVERHEAD
    for record in records:
        total += len(record.key) + len(record.value or b"")
        for name, value in record.headers:
            total += len(name) + len(value)
    return total


class InFlightBytes:
    """Bytes that may be in flight at once."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._lock = threading.Lock()

    @property
    def used(self) -> int:
        """Bytes in flight now."""
        return self._used

    def reserve(self, size: int) -> None:
        """Reserve ``size`` bytes. Raises BusOverloaded when they don't fit."""
        with self._lock:
            if self._used + size > self._limit:
                raise BusOverloaded("The event log is busy; send this again in a moment.", retry_after=1)
            self._used += size

    def release(self, size: int) -> None:
        """Free ``size`` bytes."""
        with self._lock:
            self._used -= size


class Pending:
    """One publish: its records, and the future that the caller waits on. The first answer counts."""

    __slots__ = ("deadline", "future", "records", "size")

    def __init__(self, records: Sequence[Outgoing], size: int, deadline: float) -> None:
        self.records = records
        self.size = size
        self.deadline = deadline
        self.future: Future[Sequence[Position]] = Future()
        # A caller that goes away must not be able to cancel what is already on its way to the log.
        self.future.set_running_or_notify_cancel()

    @property
    def answered(self) -> bool:
        """Whether the caller has its answer."""
        return self.future.done()

    def succeed(self, positions: Sequence[Position]) -> None:
        """Answer that everything is durable."""
        try:
            self.future.set_result(positions)
        except InvalidStateError:
            return

    def fail(self, error: RadarError) -> None:
        """Answer with ``error``."""
        try:
            self.future.set_exception(error)
        except InvalidStateError:
            return


class Deadlines:
    """Fails what isn't answered in time. All entries wait equally long, so a queue is enough."""

    def __init__(self, name: str) -> None:
        self._queue: deque[Pending] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._idle = False
        self._thread = threading.Thread(target=self._run, name=f"{name}-deadlines", daemon=True)
        self._thread.start()

    def watch(self, pending: Pending) -> None:
        """Answer ``pending`` with BusUnavailable when nobody else does by its deadline."""
        with self._changed:
            # What was answered meanwhile goes now, and its records with it: not only at its deadline.
            self._next()
            self._queue.append(pending)
            if self._idle:
                self._changed.notify()

    def close(self) -> None:
        """Stop watching; whatever has no answer gets one now."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                head = self._next()
                if head is None:
                    self._idle = True
                    self._changed.wait()
                    self._idle = False
                elif (left := head.deadline - monotonic()) > 0:
                    self._changed.wait(left)
                else:
                    head.fail(unavailable("The event log did not acknowledge in time; send this again."))
            for pending in self._queue:
                pending.fail(unavailable("The event log was closed; send this again."))

    def _next(self) -> Pending | None:
        while self._queue and self._queue[0].answered:
            self._queue.popleft()
        return self._queue[0] if self._queue else None


def unavailable(detail: str, cause: BaseException | None = None) -> BusUnavailable:
    """Make a BusUnavailable that remembers its cause and asks for a retry in a second."""
    error = BusUnavailable(detail, retry_after=1)
    error.__cause__ = cause
    return error
