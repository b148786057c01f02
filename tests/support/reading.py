"""Read a whole topic, from the first record to the end it has now."""

import time
import uuid
from collections.abc import Mapping

from radar_chassis.bus.port import Bus, Incoming, Partition


class FromTheStart:
    """An assignment listener that begins at the earliest record."""

    def assigned(self, partitions: frozenset[Partition]) -> Mapping[Partition, int | None]:
        return dict.fromkeys(partitions)

    def revoked(self, partitions: frozenset[Partition]) -> None: ...

    def lost(self, partitions: frozenset[Partition]) -> None: ...


def read_all(bus: Bus, topic: str, *, within: float = 20.0) -> list[Incoming]:
    """Return every record that stands on ``topic`` now, in order within each partition."""
    consumer = bus.consumer(group=f"reader-{uuid.uuid4().hex}", topics=[topic], listener=FromTheStart())
    found: list[Incoming] = []
    reached: dict[Partition, int] = {}
    deadline = time.monotonic() + within
    try:
        while time.monotonic() < deadline:
            for partition, records in consumer.poll(max_records=10_000, timeout=0.2).items():
                found.extend(records)
                reached[partition] = records[-1].offset + 1
            ends = consumer.end_offsets()
            if ends and all(reached.get(partition, 0) >= end for partition, end in ends.items()):
                return found
        raise AssertionError(f"{topic} was not read to its end within {within} s: {reached}")
    finally:
        consumer.close()
