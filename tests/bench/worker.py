"""A helper process of a benchmark: prepares, says so, waits for the word, works, and says what it found."""

import json
import subprocess
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

_MARK = "bench: "


class Helper:
    """``python -m <module>`` with one JSON line in (the task), "ready" out, "go" in, one JSON line out."""

    def __init__(self, module: str, **task: Any) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            errors="replace",
        )
        self._is_ready = False
        self._say(json.dumps(task))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()

    def ready(self) -> Self:
        """Wait until it is prepared."""
        if not self._is_ready:
            assert self._hear() == "ready"
            self._is_ready = True
        return self

    def go(self) -> None:
        """Let it work; returns at once."""
        self._say("go")

    def found(self) -> Any:
        """Wait for its result."""
        return json.loads(self._hear())

    def run(self) -> Any:
        """Let it work and return what it found."""
        self.ready().go()
        return self.found()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _hear(self) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(_MARK):
                return line.removeprefix(_MARK).strip()
            sys.stderr.write(line)  # a log's
        raise AssertionError("the helper process ended without a word")


def serve(prepare: Callable[..., Callable[[], dict[str, Any]]]) -> None:
    """Be the helper: ``prepare(**task)`` returns the work, which returns what it found."""
    work = prepare(**json.loads(sys.stdin.readline()))
    _tell("ready")
    if sys.stdin.readline().strip() == "go":
        _tell(json.dumps(work()))


def _tell(line: str) -> None:
    sys.stdout.write(f"{_MARK}{line}\n")
    sys.stdout.flush()
