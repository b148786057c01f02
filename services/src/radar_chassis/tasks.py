"""Work in the background of a process: threads that start, stop promptly, and outlive passing faults."""

import threading
from collections.abc import Callable
from typing import Protocol

import structlog

from radar_chassis.errors import Unavailable

log = structlog.get_logger()


class Task(Protocol):
    """Something that runs beside the HTTP server."""

    name: str

    def start(self) -> None:
        """Begin; returns at once."""
        ...

    def stop(self) -> None:
        """Ask for the end; returns at once. The unit of work under way finishes."""
        ...

    def join(self, timeout: float) -> bool:
        """Wait for the end, at most ``timeout`` seconds; return whether it has come."""
        ...


class ThreadTask:
    """A task whose ``run`` has a thread of its own. Subclasses look at ``stopping``.

    ``on_death`` is told the name of a task whose ``run`` raised.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.on_death: Callable[[str], None] | None = None
        self.stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread = threading.Thread(target=self._guarded, name=self.name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask for the end."""
        self.stopping.set()

    def join(self, timeout: float) -> bool:
        """Wait for the end, at most ``timeout`` seconds; return whether it has come."""
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def alive(self) -> bool:
        """Whether the thread is running (a task that died must show in /readyz)."""
        return self._thread is not None and self._thread.is_alive()

    def run(self) -> None:
        """Do the work until ``stopping`` is set."""
        raise NotImplementedError

    def _guarded(self) -> None:
        try:
            self.run()
        except Exception:
            log.exception("task_died", task=self.name)
            if self.on_death is not None:
                self.on_death(self.name)


class Periodic(ThreadTask):
    """Runs ``work`` every ``every`` seconds, or as soon as it is woken.

    ``work`` may return the seconds until its next run. When something it needs is away it is tried again with
    growing pauses (at most 30 s); any other error is logged and the schedule goes on. ``close`` is called once it has
    stopped.
    """

    LONGEST_PAUSE = 30.0

    def __init__(
        self,
        name: str,
        work: Callable[[], float | None],
        *,
        every: float,
        close: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(name)
        self._close = close
        self._work = work
        self._every = every
        self._woken = threading.Event()

    def wake(self) -> None:
        """Run now, or right after the run under way."""
        self._woken.set()

    def stop(self) -> None:
        """Ask for the end."""
        super().stop()
        self._woken.set()

    def run(self) -> None:
        """Work, wait, work, until stopped."""
        failures = 0
        while not self.stopping.is_set():
            self._woken.clear()
            pause, failures = self._once(failures)
            self._woken.wait(pause)
        if self._close is not None:
            self._close()

    def _once(self, failures: int) -> tuple[float, int]:
        try:
            wish = self._work()
        except Unavailable as error:
            log.warning("task_waits", task=self.name, reason=error.detail)
        except Exception:
            log.exception("task_failed", task=self.name)
        else:
            return (self._every if wish is None else wish), 0
        return min(self.LONGEST_PAUSE, 0.25 * 2**failures), min(failures + 1, 10)
