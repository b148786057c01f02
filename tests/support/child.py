"""A server that the tests start as a child process, and its end: stop, kill, freeze, thaw."""

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path


class Child:
    """One child process writing to ``log``; it doesn't outlive the tests, even when those are killed."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: int | None = None,
    ) -> None:
        self.log = log
        # The signal would come at the end of the *thread* that forks, so only the main thread may ask for it.
        guard = shutil.which("setpriv") if threading.current_thread() is threading.main_thread() else None
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [guard, "--pdeathsig", "KILL", *command] if guard else list(command),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                cwd=cwd,
                user=user,
                group=user,
                extra_groups=None if user is None else [],
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    def running(self) -> bool:
        """Whether it is still there."""
        return self.process.poll() is None

    def stop(self, number: int = signal.SIGTERM, *, within: float = 20.0) -> int:
        """Ask it to end and wait; kill it when it doesn't within ``within`` seconds. Returns the exit status."""
        if self.running():
            self.thaw()
            self.process.send_signal(number)
            try:
                return self.process.wait(within)
            except subprocess.TimeoutExpired:
                return self.kill()
        return self.process.wait()

    def kill(self) -> int:
        """End it at once (SIGKILL), as a power cut would. Returns the exit status."""
        if self.running():
            self.process.kill()
        return self.process.wait()

    def freeze(self) -> None:
        """SIGSTOP: it stays connected and does nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        self.process.send_signal(signal.SIGCONT)

    def tail(self, lines: int = 30) -> str:
        """Return the last lines of its log, for a failure's message."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Restartable:
    """A server whose port and data stay the same however often it is started."""

    ends_by = signal.SIGTERM

    def __init__(self) -> None:
        self._child: Child | None = None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._running().pid

    def stop(self) -> None:
        """End it in good order, every connection with it."""
        if self._child is not None:
            self._child.stop(self.ends_by)

    def kill(self) -> None:
        """SIGKILL; the processes it started notice and go too."""
        self._running().kill()

    def sigstop(self) -> None:
        """Freeze it: connections that are open stay, nobody new gets in."""
        self._running().freeze()

    def sigcont(self) -> None:
        """Thaw it."""
        self._running().thaw()

    def _running(self) -> Child:
        assert self._child is not None, "it was never started"
        return self._child
