"""Records of ``radar.health.v1``, as the worker hands them over."""

from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy import Connection

from radar_alerts.service.take_snapshots import TakeSnapshots
from radar_chassis.bus.port import Incoming, Partition
from radar_chassis.worker.handler import Decoded, Poison
from radar_vocabulary.contracts.health import HealthSnapshot, decode_snapshot


class HealthRecords:
    """The worker's handler: keeps no cache, so there is nothing to discard."""

    step = "alerts"

    def __init__(self, take: TakeSnapshots, wake: Callable[[], None]) -> None:
        self._take = take
        self._wake = wake

    def decode(self, record: Incoming) -> HealthSnapshot | None:
        """Return the snapshot; None for a tombstone (an account that was erased). Raises Poison."""
        if record.value is None:
            return None
        try:
            return decode_snapshot(record.value)
        except msgspec.DecodeError as error:
            raise Poison("not_a_snapshot", f"This isn't a health snapshot: {error}.") from error

    def apply(self, connection: Connection, batch: Sequence[Decoded[HealthSnapshot | None]]) -> None:
        """Write what the snapshots come to, in the transaction that moved the offsets."""
        snapshots = [one.value for one in batch if one.value is not None]
        self._take(connection, snapshots)

    def committed(self, batch: Sequence[Decoded[HealthSnapshot | None]]) -> None:  # noqa: ARG002
        """Wake those who deliver and publish."""
        self._wake()

    def assigned(self, partitions: frozenset[Partition]) -> None:
        """Nothing to prepare."""

    def discard(self, partitions: frozenset[Partition]) -> None:
        """Nothing to throw away."""
