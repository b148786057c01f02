"""Bounds and deadlines of the embedded log."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedSettings:
    """How the embedded log behaves.

    Attributes:
        max_in_flight_bytes: what may wait for its commit before BusOverloaded.
        deadline: seconds until a publish that isn't durable fails with BusUnavailable.
        max_record_bytes: the largest key plus value.
        lease: seconds without a poll after which a member's partitions may go to others. A process that
            died is noticed within ``watch_every``, without waiting for its lease.
        watch_every: seconds between looks at the other members.
        poll_every: seconds between looks for records that *other* processes wrote.
        max_poll_bytes: about how many bytes one poll returns at most.
    """

    max_in_flight_bytes: int = 64 * 1024 * 1024
    deadline: float = 8.0
    max_record_bytes: int = 1_000_000
    lease: float = 60.0
    watch_every: float = 1.0
    poll_every: float = 0.04
    max_poll_bytes: int = 16 * 1024 * 1024
