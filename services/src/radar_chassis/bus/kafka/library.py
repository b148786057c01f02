"""The only door to kafka-python: what we use of it, and how its clients are made without leaving threads behind."""

import contextlib
import socket
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any, Final

from radar_chassis.bus.in_flight import unavailable
from radar_chassis.bus.kafka.settings import KafkaSettings
from radar_chassis.errors import ConfigurationError

try:
    from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
    from kafka.consumer.subscription_state import AsyncConsumerRebalanceListener
    from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
    from kafka.errors import (
        BrokerResponseError,
        KafkaError,
        KafkaTimeoutError,
        LogTruncationError,
        MessageSizeTooLargeError,
        OffsetOutOfRangeError,
        TopicAlreadyExistsError,
    )
    from kafka.future import Future as LoopFuture
    from kafka.partitioner import Partitioner
    from kafka.structs import OffsetAndMetadata
except ModuleNotFoundError as error:
    raise ConfigurationError(
        "The event log is set to Kafka, whose client isn't installed: pip install 'renewal-radar[kafka]'."
    ) from error

__all__ = [
    "AsyncConsumerRebalanceListener",
    "BrokerResponseError",
    "ClientFactory",
    "CooperativeStickyAssignor",
    "KafkaAdminClient",
    "KafkaConsumer",
    "KafkaError",
    "KafkaProducer",
    "KafkaTimeoutError",
    "LogTruncationError",
    "LoopFuture",
    "MessageSizeTooLargeError",
    "OffsetAndMetadata",
    "OffsetOutOfRangeError",
    "Partitioner",
    "TopicAlreadyExistsError",
    "TopicPartition",
    "milliseconds",
]

_FIRST_PAUSE: Final = 0.25


def milliseconds(seconds: float) -> int:
    """Return ``seconds`` as kafka-python wants them."""
    return round(seconds * 1000)


class ClientFactory:
    """Makes one kind of client on demand; while the brokers are away it answers at once instead of trying each time."""

    def __init__(self, kind: type[Any], servers: Sequence[str], settings: KafkaSettings) -> None:
        self._kind = kind
        self._servers = list(servers)
        self._settings = settings
        self._not_before = 0.0
        self._pause = _FIRST_PAUSE

    def open(self, options: Mapping[str, Any]) -> Any:
        """Return a connected client.

        Raises:
            BusUnavailable: no broker answers, or none did a moment ago.
        """
        if monotonic() < self._not_before:
            raise unavailable("The event log (Kafka) can't be reached; trying again shortly.")
        try:
            client = self._open(options)
        except (KafkaError, OSError) as error:
            self._not_before = monotonic() + self._pause
            self._pause = min(self._pause * 2, self._settings.retry_after)
            raise unavailable("The event log (Kafka) can't be reached.", error) from error
        self._pause = _FIRST_PAUSE
        return client

    def _open(self, options: Mapping[str, Any]) -> Any:
        self._probe()
        # A constructor that fails keeps its I/O thread, unless someone has a hand on the object to close it.
        client: Any = object.__new__(self._kind)
        try:
            client.__init__(
                bootstrap_servers=self._servers,
                bootstrap_timeout_ms=milliseconds(self._settings.connect_timeout),
                reconnect_backoff_max_ms=1000,
                **options,
            )
        except BaseException:
            with contextlib.suppress(Exception):
                client._client.close()  # noqa: SLF001 - there is no public way to end what failed to start
            raise
        return client

    def _probe(self) -> None:
        """Raise OSError when nobody even listens: cheaper than a client's own attempts."""
        problem: OSError = OSError("no broker is named")
        for server in self._servers:
            host, _, port = server.rpartition(":")
            try:
                address = (host.strip("[]"), int(port))
                socket.create_connection(address, timeout=self._settings.connect_timeout).close()
            except (OSError, ValueError) as error:
                problem = error if isinstance(error, OSError) else OSError(f"{server!r} isn't host:port")
            else:
                return
        raise problem
