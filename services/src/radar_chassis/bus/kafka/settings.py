"""Bounds and deadlines of the Kafka driver. Needs nothing installed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KafkaSettings:
    """How the Kafka driver behaves. Times are in seconds.

    Attributes:
        max_in_flight_bytes: what may wait for its acknowledgement before BusOverloaded.
        deadline: until a publish that wasn't acknowledged fails with BusUnavailable.
        max_record_bytes: the largest key plus value; the broker's ``message.max.bytes`` must allow it.
        connect_timeout: until a broker that doesn't answer counts as away.
        retry_after: the longest pause between attempts to connect to brokers that are away.
        linger: how long a record waits for company before it is sent.
        batch_bytes: the largest batch of one partition in one request.
        session_timeout: until a member that doesn't answer (stopped, or cut off) loses its partitions.
        poll_interval: until a member that answers but doesn't poll loses them.
        max_poll_bytes: about how many bytes are fetched ahead at most.
        replication: copies of a topic made by ``ensure_topics``; -1 is the cluster's default.
    """

    max_in_flight_bytes: int = 64 * 1024 * 1024
    deadline: float = 8.0
    max_record_bytes: int = 1_000_000
    connect_timeout: float = 2.0
    retry_after: float = 3.0
    linger: float = 0.002
    batch_bytes: int = 256 * 1024
    session_timeout: float = 15.0
    poll_interval: float = 60.0
    max_poll_bytes: int = 16 * 1024 * 1024
    replication: int = -1
