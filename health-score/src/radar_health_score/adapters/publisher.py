"""Puts snapshots on ``radar.health.v1``, keyed by account."""

from collections.abc import Sequence

from radar_chassis.bus.port import Outgoing, Producer
from radar_vocabulary.contracts.health import HealthSnapshot, encode_snapshot
from radar_vocabulary.contracts.topics import HEALTH


class BusPublisher:
    """``SnapshotPublisher`` on the bus."""

    def __init__(self, producer: Producer) -> None:
        self._producer = producer

    def publish(self, snapshots: Sequence[HealthSnapshot]) -> None:
        """See ``SnapshotPublisher``."""
        if not snapshots:
            return
        records = [
            Outgoing(
                topic=HEALTH, key=one.account_id.encode(), value=encode_snapshot(one), timestamp=one.as_of
            )
            for one in snapshots
        ]
        self._producer.publish(records).result()

    def close(self) -> None:
        """Wait for what is under way and let go."""
        self._producer.close()
