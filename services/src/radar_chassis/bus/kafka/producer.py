"""Publishes to Kafka: a thread of ours hands records to KafkaProducer, so that no caller ever waits for a broker."""

import contextlib
import logging
import queue
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from time import monotonic
from typing import Any

from radar_chassis.bus.in_flight import Deadlines, InFlightBytes, Pending, size_of, unavailable
from radar_chassis.bus.kafka.delivery import Delivery
from radar_chassis.bus.kafka.library import (
    ClientFactory,
    KafkaError,
    KafkaProducer,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    Partitioner,
    milliseconds,
)
from radar_chassis.bus.kafka.settings import KafkaSettings
from radar_chassis.bus.partitioning import partition_of
from radar_chassis.bus.port import BusUnavailable, Outgoing, Position
from radar_chassis.errors import RadarError, TooLarge

_log = logging.getLogger(__name__)


class ByKey(Partitioner):  # type: ignore[misc]  # the library has no types
    """Kafka's default placement by key, remembering keys; the library computes its hash for every record."""

    def partition(  # noqa: D102
        self,
        topic: str,
        key: object,  # noqa: ARG002 - the library's signature
        serialized_key: bytes,
        value: object,  # noqa: ARG002
        serialized_value: object,  # noqa: ARG002
        cluster: Any,
    ) -> int:
        return partition_of(serialized_key, len(cluster.partitions_for_topic(topic)))


class KafkaLogProducer:
    """A ``Producer`` on Kafka; safe to use from many threads."""

    def __init__(self, servers: Sequence[str], settings: KafkaSettings) -> None:
        self._settings = settings
        self._factory = ClientFactory(KafkaProducer, servers, settings)
        self._in_flight = InFlightBytes(settings.max_in_flight_bytes)
        self._queue: queue.SimpleQueue[Pending | None] = queue.SimpleQueue()
        self._deadlines = Deadlines("kafka")
        self._sent: deque[Delivery] = deque()
        self._client: Any = None
        self._broken: Any = None
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="kafka-publisher", daemon=True)
        self._thread.start()

    def publish(self, records: Sequence[Outgoing]) -> Future[Sequence[Position]]:
        """Hand over records; see ``Producer.publish``."""
        if self._closed:
            raise unavailable("The event log is closed.")
        size = size_of(records)
        self._in_flight.reserve(size)
        pending = Pending(records, size, monotonic() + self._settings.deadline)
        self._deadlines.watch(pending)
        self._queue.put(pending)
        return pending.future

    def close(self, timeout: float = 5.0) -> None:
        """Wait for what is under way, at most ``timeout`` seconds, then let go."""
        if self._closed:
            return
        self._closed = True
        until = monotonic() + timeout
        self._queue.put(None)
        self._thread.join(timeout)
        if self._client is not None:
            _end(self._client, max(0.0, until - monotonic()))
        self._deadlines.close()

    def _run(self) -> None:
        while (pending := self._queue.get()) is not None:
            if pending.answered:
                self._in_flight.release(pending.size)
                continue
            try:
                self._hand_over(pending)
            except Exception as error:  # noqa: BLE001 - the last guard of a thread
                # This thread is the only way to the brokers: whatever happens, it goes on with the next publish.
                _log.exception("kafka_hand_over_failed")
                self._in_flight.release(pending.size)
                pending.fail(unavailable("The event log (Kafka) couldn't take this; send it again.", error))

    def _hand_over(self, pending: Pending) -> None:
        receipts: list[Any] = []
        error: RadarError | None = None
        try:
            send = self._connected().send
            for record in pending.records:
                at = None if record.timestamp is None else round(record.timestamp.timestamp() * 1000)
                receipts.append(send(record.topic, record.value, record.key, list(record.headers), None, at))
        except BusUnavailable as away:
            error = away
        except (KafkaError, ValueError) as refused:
            error = self._explain(refused)
        if error is not None:
            pending.fail(error)
        delivery = Delivery(pending, receipts, self._ended)
        self._sent.append(delivery)
        delivery.follow()

    def _ended(self, delivery: Delivery, failed: BaseException | None) -> None:
        """Answer the caller; runs on the library's thread once no record of the publish is under way."""
        pending = delivery.pending
        self._in_flight.release(pending.size)
        if failed is not None:
            pending.fail(self._explain(failed))
        elif not pending.answered:
            pending.succeed(delivery.acknowledged())

    def _explain(self, error: BaseException) -> RadarError:
        if isinstance(error, MessageSizeTooLargeError):
            return TooLarge(f"A record may hold at most {self._settings.max_record_bytes} bytes.")
        if isinstance(error, KafkaTimeoutError) or not getattr(error, "retriable", False):
            # The idempotent producer may be in a state it can't leave (fenced, out of sequence, no rights). After a
            # batch that expired it holds the next ones back until they expire too, also when the broker is there again.
            self._broken = self._client
        return unavailable("The event log (Kafka) did not acknowledge; send this again.", error)

    def _connected(self) -> Any:
        while self._sent and self._sent[0].ended:
            self._sent.popleft()
        stuck = self._sent and monotonic() > self._sent[0].pending.deadline + self._settings.deadline
        if self._client is not None and (stuck or self._broken is self._client):
            _log.warning("kafka_producer_replaced")
            client, self._client = self._client, None
            _end(client, 0.0)
        if self._client is None:
            self._client = self._factory.open(_options(self._settings))
        return self._client


def _options(settings: KafkaSettings) -> dict[str, Any]:
    # Ours answers first; the library's own limits only see to it that it lets go of memory soon after.
    delivery = settings.deadline * 0.9
    return {
        "acks": "all",
        "enable_idempotence": True,
        "allow_auto_create_topics": False,
        "partitioner": ByKey(),
        "linger_ms": milliseconds(settings.linger),
        "batch_size": settings.batch_bytes,
        "max_request_size": max(settings.max_record_bytes + 1024, 1024 * 1024),
        "max_block_ms": milliseconds(settings.connect_timeout),
        "request_timeout_ms": milliseconds(delivery * 0.6),
        "delivery_timeout_ms": milliseconds(delivery),
        "metrics_enabled": False,
    }


def _end(client: Any, timeout: float) -> None:
    """Close a KafkaProducer in any state; what it still holds is given up."""
    with contextlib.suppress(Exception):
        client.flush(timeout)
    # Its own close() gives up half-way when something is still unsent: say first that it needn't be.
    client._sender.force_close()  # noqa: SLF001 - the public way would leave its thread running
    with contextlib.suppress(Exception):
        client._sender.join(1.0)  # noqa: SLF001
        client.close(0)
