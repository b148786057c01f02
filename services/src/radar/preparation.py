"""Gets a process ready while it already answers /healthz: tables, topics, then the service's own tasks.

A log or a database that is away at the start makes a process not ready, never dead.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from radar_chassis.errors import Unavailable
from radar_chassis.http.part import Part
from radar_chassis.http.problems import problem
from radar_chassis.tasks import Periodic, Task

ALWAYS_OPEN: Final = frozenset({"/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"})


class NotReady(Unavailable):
    """The process has started and still waits for its log or database."""

    code = "starting"


class Preparation(Periodic):
    """Does ``prepare`` until it works, then starts ``tasks``; stops and joins them with itself."""

    def __init__(self, prepare: Callable[[], None], tasks: Sequence[Task]) -> None:
        super().__init__("preparation", self._work, every=0.0)
        self._prepare = prepare
        self._tasks = tasks
        self.done = False

    def check(self) -> None:
        """Raise NotReady until everything is there."""
        if not self.done:
            raise NotReady("Still starting: the log or the database can't be reached yet.", retry_after=2)

    def stop(self) -> None:
        """Ask for the end of the tasks too."""
        super().stop()
        for task in reversed(self._tasks):
            task.stop()

    def join(self, timeout: float) -> bool:
        """Wait for the end, the tasks' too."""
        ended = super().join(timeout)
        return all([ended, *(task.join(timeout) for task in reversed(self._tasks))])

    def _work(self) -> None:
        self._prepare()
        if not self.stopping.is_set():
            for task in self._tasks:
                task.start()
            self.done = True
        self.stopping.set()


def prepared(part: Part, prepare: Callable[[], None]) -> tuple[Part, Preparation]:
    """Return ``part`` with its tasks held back until ``prepare`` has worked."""
    preparation = Preparation(prepare, part.tasks)
    checks = {"prepared": preparation.check, **part.checks}
    return replace(part, tasks=(preparation,), checks=checks), preparation


class Gate:
    """Answers 503 with Retry-After for ``app`` until the process is prepared."""

    def __init__(self, app: ASGIApp, preparation: Preparation) -> None:
        self._app = app
        self._preparation = preparation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or ask for patience."""
        if self._preparation.done or scope["type"] != "http" or scope["path"] in ALWAYS_OPEN:
            await self._app(scope, receive, send)
            return
        why = NotReady("Starting; try again in a moment.", retry_after=2)
        answer = problem(why.status, why.code, why.detail, retry_after=why.retry_after)
        await answer(scope, receive, send)
