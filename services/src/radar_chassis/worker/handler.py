"""What a service says about the records it consumes."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from msgspec import Struct
from sqlalchemy import Connection

from radar_chassis.bus.port import Incoming, Partition

T = TypeVar("T")


class Poison(Exception):  # noqa: N818 - a record is poison
    """This record can never be used; it is parked on the dead-letter topic and the partition goes on."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Decoded(Struct, Generic[T], frozen=True, gc=False):
    """A record and what it says."""

    record: Incoming
    value: T


class Handler(Protocol[T]):
    """Turns records into state. One thread calls it.

    ``step`` names it in dead letters and metrics ("score", "alerts", "ingest.dead-letters").
    """

    step: str

    def decode(self, record: Incoming) -> T:
        """Return what the record says; raises Poison. Pure: it may be called again for the same record."""
        ...

    def apply(self, connection: Connection, batch: Sequence[Decoded[T]]) -> None:
        """Write the batch's effects, inside the transaction that has already moved the offsets.

        The batch may span several partitions; within each, records are in log order. It may be called again for
        the same records after a rollback (``discard`` comes first), so it changes nothing but the connection and
        caches that ``discard`` throws away.
        """
        ...

    def committed(self, batch: Sequence[Decoded[T]]) -> None:
        """Called after the commit: wake whoever waits for it."""
        ...

    def assigned(self, partitions: frozenset[Partition]) -> None:
        """Called when partitions are ours, before their first record."""
        ...

    def discard(self, partitions: frozenset[Partition]) -> None:
        """Throw away everything cached about these: revoked, lost, or a transaction was rolled back."""
        ...
