"""A consumer that keeps its offsets beside itself, like a service does in its database; also as a program.

``python -m tests.contract.bus.reader URL TOPIC GROUP`` prints one line per thing that happens, and records nothing.
"""

import sys
from collections.abc import Callable, Mapping
from time import monotonic

from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import BusUnavailable, Consumer, Incoming, Partition

Event = tuple[str, frozenset[Partition]]


class Reader:
    """Reads until told to stop; ``offsets`` is its database, ``events`` what it was told about partitions."""

    def __init__(self, offsets: dict[Partition, int], tell: Callable[[str], None] = lambda _: None) -> None:
        self.consumer: Consumer
        self.offsets = offsets
        self.events: list[Event] = []
        self.records: list[Incoming] = []
        self._tell = tell

    def assigned(self, partitions: frozenset[Partition]) -> Mapping[Partition, int | None]:
        self._note("assigned", partitions)
        return {partition: self.offsets.get(partition) for partition in partitions}

    def revoked(self, partitions: frozenset[Partition]) -> None:
        self._note("revoked", partitions)

    def lost(self, partitions: frozenset[Partition]) -> None:
        self._note("lost", partitions)

    def told(self, kind: str) -> frozenset[Partition]:
        """Return all partitions ever named in events of this kind."""
        return frozenset(p for what, partitions in self.events if what == kind for p in partitions)

    def poll(self, *, commit: bool = True, max_records: int = 500, timeout: float = 0.1) -> list[Incoming]:
        """Poll once; ``commit`` moves the offsets, as the transaction of a service would."""
        found = self.consumer.poll(max_records=max_records, timeout=timeout)
        fresh = [record for records in found.values() for record in records]
        self.records += fresh
        for record in fresh:
            self._tell(f"read {record.key.decode()}")
            if commit:
                self.offsets[record.partition] = record.offset + 1
        return fresh

    def read(self, count: int, *, within: float = 20.0, commit: bool = True) -> list[Incoming]:
        """Poll until ``count`` records came (exactly: more is a failure), and return them."""
        found: list[Incoming] = []
        deadline = monotonic() + within
        while len(found) < count:
            assert monotonic() < deadline, f"only {len(found)} of {count} records within {within} s"
            found += self.poll(commit=commit)
        assert len(found) == count
        return found

    def _note(self, kind: str, partitions: frozenset[Partition]) -> None:
        self.events.append((kind, partitions))
        self._tell(f"{kind} {' '.join(sorted(map(str, partitions)))}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(url: str, topic: str, group: str) -> None:
    """Read for ever without recording an offset."""
    reader = Reader({}, tell=_say)
    reader.consumer = open_bus(url).consumer(group=group, topics=[topic], listener=reader)
    while True:
        try:
            reader.poll(commit=False)
        except BusUnavailable as error:
            _say(f"unavailable {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])
