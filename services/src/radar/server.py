"""Serves an app with uvicorn on a socket of ours, and ends in good order at SIGTERM or Ctrl-C."""

import logging
import signal
import socket
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import uvicorn
from starlette.types import ASGIApp

from radar.interpreter import tune_garbage_collection
from radar.settings import Settings
from radar_chassis.errors import ConfigurationError, RadarError
from radar_chassis.tasks import Task, ThreadTask

KEEP_ALIVE_SECONDS = 65


class StartFailed(RadarError):  # noqa: N818 - named for what the reader sees
    """The server ended before it was up; the log says why."""

    code = "start_failed"


class TaskDied(RadarError):  # noqa: N818
    """A task of a service ended by an error of ours, so the process ended too; who supervises it starts it again."""

    code = "task_died"


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, up: Callable[[], None]) -> None:
        super().__init__(config)
        self._up = up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._up()


def listen(settings: Settings) -> socket.socket:
    """Return a bound socket. Raises ConfigurationError when the address can't be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((settings.host, settings.port))
    except OSError as error:
        bound.close()
        raise ConfigurationError(
            f"Can't listen on {settings.host}:{settings.port} ({error.strerror}); "
            "set another --port or RADAR_PORT."
        ) from error
    return bound


def address(bound: socket.socket) -> str:
    """Return the URL at which this machine reaches the socket."""
    host, port = bound.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(
    app: ASGIApp,
    bound: socket.socket,
    settings: Settings,
    up: Callable[[], None],
    *,
    vital: Sequence[Task] = (),
) -> None:
    """Serve until a signal comes; ``up`` is called once requests are answered.

    ``vital``: tasks that the process must not outlive. Returns after the app's lifespan has ended.

    Raises:
        StartFailed: it never answered.
        TaskDied: it ended in good order because one of ``vital`` had died.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        ws="none",
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=max(1, int(settings.grace_seconds)),
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # its steps are told by our own log
    server = _Server(config, up)
    # uvicorn raises the signal again once it has ended in good order: then there is nothing left but to go.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    tune_garbage_collection()
    dead = _end_with(server, vital)
    server.run(sockets=[bound])
    if dead:
        raise TaskDied(
            f"{dead[0]} died of an error that the log above shows, so this process ended; start it again."
        )
    if not server.started:
        raise StartFailed("The server could not start; the log above says why.")


def _end_with(server: uvicorn.Server, vital: Sequence[Task]) -> list[str]:
    """Let the server end in good order when one of ``vital`` dies; the list will hold the names of the dead."""
    dead: list[str] = []

    def on_death(name: str) -> None:
        dead.append(name)
        server.should_exit = True

    for task in vital:
        if isinstance(task, ThreadTask):
            task.on_death = on_death
    return dead


def _leave(_number: int, _frame: Any) -> NoReturn:
    raise SystemExit(0)
