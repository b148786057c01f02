"""What a service gives to the process that runs it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter

from radar_chassis.tasks import Task


def _nothing() -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Part:
    """One service, ready to run: alone in a process, or beside others on one port.

    Attributes:
        checks: by name; each raises a RadarError while the service can't do its job.
        streams: paths that take large bodies and bound them themselves; everywhere else a body is small.
        tasks: started in order after the routes are there, stopped in reverse.
        close: lets go of connections, once tasks have ended.
    """

    name: str
    routers: Sequence[APIRouter]
    checks: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    streams: Collection[str] = ()
    tasks: Sequence[Task] = ()
    close: Callable[[], None] = _nothing
