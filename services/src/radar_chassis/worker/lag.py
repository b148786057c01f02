"""Consumer lag per partition, from the log's end and our own position."""

import time
from collections.abc import Mapping
from typing import Final

from prometheus_client import Gauge

from radar_chassis.bus.port import Consumer, Partition
from radar_chassis.errors import Unavailable
from radar_chassis.series import CONSUMER_LAG

EVERY_SECONDS: Final = 1.0


class LagGauge:
    """Sets ``radar_consumer_lag_records`` at most once a second."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._next = 0.0
        self._shown: set[Partition] = set()

    def update(self, consumer: Consumer, positions: Mapping[Partition, int | None]) -> None:
        """Measure, if it is time; a log that is away is no reason to fail here."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY_SECONDS
        try:
            ends = consumer.end_offsets()
        except Unavailable:
            return
        for partition, end in ends.items():
            if partition in positions:
                self._gauge(partition).set(max(0, end - (positions[partition] or 0)))
                self._shown.add(partition)

    def forget(self, partitions: frozenset[Partition]) -> None:
        """Stop showing partitions that are no longer ours."""
        for partition in partitions & self._shown:
            CONSUMER_LAG.remove(self._service, partition.topic, str(partition.number))
        self._shown -= partitions

    def _gauge(self, partition: Partition) -> Gauge:
        return CONSUMER_LAG.labels(self._service, partition.topic, str(partition.number))
