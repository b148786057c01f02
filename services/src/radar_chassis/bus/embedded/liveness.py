"""Notices at once that a member's process died: the system takes back the lock on its file."""

import contextlib
import os
from pathlib import Path
from typing import Final

# Elsewhere a dead member's lease has to run out.
_LOCKS: Final = os.name == "posix"
if _LOCKS:
    import fcntl


class LivenessLock:
    """A locked file beside the log, for as long as this process lives (a stopped process still lives)."""

    def __init__(self, log: Path, member: str) -> None:
        self._path = _file(log, member)
        self._path.parent.mkdir(exist_ok=True)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if _LOCKS:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def stop(self) -> None:
        """Let go of the file and remove it."""
        self._path.unlink(missing_ok=True)
        os.close(self._descriptor)


def is_dead(log: Path, member: str) -> bool:
    """Whether the member's process is certainly gone."""
    path = _file(log, member)
    if not _LOCKS:
        return False
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def remove_lock(log: Path, member: str) -> None:
    """Remove what a dead member left behind."""
    with contextlib.suppress(OSError):
        _file(log, member).unlink(missing_ok=True)


def _file(log: Path, member: str) -> Path:
    return log.with_name(log.name + "-members") / member
