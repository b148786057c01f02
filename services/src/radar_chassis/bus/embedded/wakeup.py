"""Tells consumers of this process at once that records were written; other processes look for themselves."""

import threading
import weakref
from pathlib import Path


class Wakeup:
    """A counter that can be waited on."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    @property
    def count(self) -> int:
        """How often something was written."""
        return self._count

    def announce(self) -> None:
        """Wake everyone who waits."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, seen: int, timeout: float) -> None:
        """Return when the count is no longer ``seen``, at the latest after ``timeout`` seconds."""
        with self._changed:
            if self._count == seen:
                self._changed.wait(timeout)


_shared: "weakref.WeakValueDictionary[Path, Wakeup]" = weakref.WeakValueDictionary()
_guard = threading.Lock()


def wakeup_for(path: Path) -> Wakeup:
    """Return the one that everything in this process shares for the log at ``path``."""
    resolved = path.resolve()
    with _guard:
        found = _shared.get(resolved)
        if found is None:
            found = _shared[resolved] = Wakeup()
        return found
