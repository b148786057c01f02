"""The bus port: publish and learn when it is durable; poll what is assigned, from where *you* say.

Offsets belong to the consumer's own database (they move in the transaction of the state they stand for), so the
bus only shares out partitions and is told where to read. Drivers: ``kafka`` and ``embedded`` (SQLite).
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from msgspec import Struct

from radar_chassis.errors import RadarError, Unavailable

Headers = tuple[tuple[str, bytes], ...]


class Partition(NamedTuple):
    """One ordered part of a topic."""

    topic: str
    number: int

    def __str__(self) -> str:
        return f"{self.topic}[{self.number}]"


class Outgoing(Struct, frozen=True, kw_only=True, gc=False):
    """A record to publish. Records with the same key keep their order."""

    topic: str
    key: bytes
    value: bytes | None
    headers: Headers = ()
    timestamp: datetime | None = None


class Incoming(Struct, frozen=True, kw_only=True, gc=False):
    """A record as read: where it stands in the log, and when the log (or its sender) stamped it.

    ``timestamp`` has millisecond precision. ``value`` is None for a tombstone.
    """

    partition: Partition
    offset: int
    key: bytes
    value: bytes | None
    headers: Headers
    timestamp: datetime


@dataclass(frozen=True, slots=True)
class Position:
    """Where a published record came to stand."""

    partition: Partition
    offset: int


class BusUnavailable(Unavailable):
    """The log can't be reached, or didn't acknowledge in time. The record may or may not be there: send it again."""

    code = "log_unavailable"


class BusOverloaded(Unavailable):
    """More bytes wait for the log's acknowledgement than the configured bound; nothing was taken."""

    code = "log_overloaded"


class OffsetOutOfRange(RadarError):  # noqa: N818
    """The wanted offset is no longer (or not yet) in the log. Never reset in silence: stop and tell an operator."""

    code = "offset_out_of_range"

    def __init__(self, partition: Partition, wanted: int, first: int, end: int) -> None:
        super().__init__(
            f"{partition}: offset {wanted} is outside the log ({first} to {end}). "
            "Restore the records or decide on a new start with `radar doctor`."
        )
        self.partition = partition


class Producer(Protocol):
    """Publishes records; safe to use from many threads."""

    def publish(self, records: Sequence[Outgoing]) -> Future[Sequence[Position]]:
        """Hand over records and return at once; the future ends when *all* are durable (``acks=all``).

        Raises:
            BusOverloaded: at once, when the bytes under way would pass the bound; none of the records was taken.

        The future fails with BusUnavailable when any of them was not acknowledged within the deadline (some of
        the others may be in the log then), and with TooLarge when the log takes no record of that size.
        """
        ...

    def close(self, timeout: float = 5.0) -> None:
        """Wait for what is under way, at most ``timeout`` seconds, then let go."""
        ...


class AssignmentListener(Protocol):
    """Is told, from inside ``poll`` on the polling thread, which partitions come and go."""

    def assigned(self, partitions: frozenset[Partition]) -> Mapping[Partition, int | None]:
        """Return the offset to start from for each; None means from the earliest record."""
        ...

    def revoked(self, partitions: frozenset[Partition]) -> None:
        """Called before partitions are handed over in good order: finish or discard work on them."""
        ...

    def lost(self, partitions: frozenset[Partition]) -> None:
        """Called when they are already someone else's: discard, commit nothing."""
        ...


class Consumer(Protocol):
    """Reads the partitions that the group gives this member. One thread uses it."""

    def poll(self, *, max_records: int, timeout: float) -> Mapping[Partition, Sequence[Incoming]]:
        """Return records in offset order per partition, waiting up to ``timeout`` seconds for the first.

        Keeps the membership alive; call it also while everything is paused.

        Raises:
            BusUnavailable: the log is out of reach; poll again later.
            OffsetOutOfRange: a start or seek position the log doesn't hold.
        """
        ...

    def seek(self, partition: Partition, offset: int) -> None:
        """Read this assigned partition from ``offset`` next."""
        ...

    def pause(self, partitions: frozenset[Partition]) -> None:
        """Stop returning records of these; membership goes on."""
        ...

    def resume(self, partitions: frozenset[Partition]) -> None:
        """Undo ``pause``."""
        ...

    def assignment(self) -> frozenset[Partition]:
        """Return the partitions held now."""
        ...

    def end_offsets(self) -> Mapping[Partition, int]:
        """Return, for each held partition, the offset that the next record will get (for lag)."""
        ...

    def report_progress(self, offsets: Mapping[Partition, int]) -> None:
        """Tell the log how far we are, for operators' tools only; best effort, never read back."""
        ...

    def close(self) -> None:
        """Leave the group."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What the log keeps though every group has read it: records of the last ``age``, at most ``records`` a partition.

    A compacted topic keeps the newest record of each key, and the others for as long. What no group has ever read is
    kept seven times as long, however much it is.
    """

    age: timedelta = timedelta(hours=24)
    records: int = 50_000


class Bus(Protocol):
    """Makes producers and consumers on one log."""

    def ensure_topics(self, topics: Mapping[str, "TopicSettings"]) -> None:
        """Create what is missing; leave what exists. Raises BusUnavailable."""
        ...

    def producer(self) -> Producer:
        """Return a producer; connects on first use, so that a log that is away doesn't stop a start."""
        ...

    def consumer(self, *, group: str, topics: Sequence[str], listener: AssignmentListener) -> Consumer:
        """Return a member of ``group``; connects on first poll."""
        ...

    def ping(self) -> None:
        """Raise BusUnavailable if the log can't be reached now (for /readyz)."""
        ...

    def apply_retention(self, retention: Retention) -> int:
        """Forget what every group has read and nobody has to keep; return how many records went.

        To be called now and then. A log that forgets by settings of its own does nothing here. Whoever asks for a
        forgotten offset gets OffsetOutOfRange; a group without an offset starts at what is left.
        Raises BusUnavailable.
        """
        ...

    def close(self) -> None:
        """Let go of what the bus itself holds."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """How a topic is made where it doesn't exist."""

    partitions: int
    compacted: bool = False
