"""The consumer's side of this service: records of ``radar.events.v1`` become state."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from radar_chassis.bus.port import Incoming, Partition
from radar_chassis.worker.handler import Decoded
from radar_health_score.service.state.events import Event, read_event
from radar_health_score.service.state.folding import Folder


class EventHandler:
    """``Handler`` for the chassis' worker: folds, then wakes the scoring loop."""

    step: str = "score"

    def __init__(self, folder: Folder, wake: Callable[[], None]) -> None:
        self._folder = folder
        self._wake = wake

    def decode(self, record: Incoming) -> Event:
        """See ``Handler``."""
        return read_event(record)

    def apply(self, connection: Connection, batch: Sequence[Decoded[Event]]) -> None:
        """See ``Handler``."""
        self._folder.fold(connection, batch)

    def committed(self, batch: Sequence[Decoded[Event]]) -> None:
        """See ``Handler``."""
        self._folder.committed()
        if batch:
            self._wake()

    def assigned(self, partitions: frozenset[Partition]) -> None:  # noqa: ARG002 - part of the protocol
        """See ``Handler``."""
        self._wake()

    def discard(self, partitions: frozenset[Partition]) -> None:
        """See ``Handler``."""
        self._folder.discard(partitions)
