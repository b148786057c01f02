"""The ``Bus`` on a Kafka cluster."""

import contextlib
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from radar_chassis.bus.in_flight import unavailable
from radar_chassis.bus.kafka.consumer import KafkaLogConsumer
from radar_chassis.bus.kafka.library import (
    ClientFactory,
    KafkaAdminClient,
    KafkaError,
    TopicAlreadyExistsError,
    milliseconds,
)
from radar_chassis.bus.kafka.producer import KafkaLogProducer
from radar_chassis.bus.kafka.settings import KafkaSettings
from radar_chassis.bus.port import AssignmentListener, Retention, TopicSettings

T = TypeVar("T")


class KafkaBus:
    """Makes producers and consumers on the cluster that ``servers`` (host:port each) lead to."""

    def __init__(self, servers: Sequence[str], settings: KafkaSettings | None = None) -> None:
        self._servers = list(servers)
        self._settings = settings or KafkaSettings()
        self._factory = ClientFactory(KafkaAdminClient, servers, self._settings)
        self._admin: Any = None
        self._lock = threading.Lock()

    def ensure_topics(self, topics: Mapping[str, TopicSettings]) -> None:
        """Create what is missing. Raises BusUnavailable."""
        self._ask(lambda admin: self._create(admin, topics))

    def producer(self) -> KafkaLogProducer:
        """Return a producer; connects on first use."""
        return KafkaLogProducer(self._servers, self._settings)

    def consumer(
        self, *, group: str, topics: Sequence[str], listener: AssignmentListener
    ) -> KafkaLogConsumer:
        """Return a member of ``group``; connects on first poll."""
        return KafkaLogConsumer(
            self._servers, group=group, topics=topics, listener=listener, settings=self._settings
        )

    def ping(self) -> None:
        """Raise BusUnavailable if no broker answers now."""
        self._ask(lambda admin: admin.describe_cluster())

    def apply_retention(self, retention: Retention) -> int:
        """Nothing: the broker forgets by its topics' settings (``retention.ms``, ``cleanup.policy``)."""
        del retention
        return 0

    def close(self) -> None:
        """Let go of the administrative connection."""
        with self._lock:
            self._drop()

    def _create(self, admin: Any, topics: Mapping[str, TopicSettings]) -> None:
        missing = set(topics) - set(admin.list_topics())
        for name in sorted(missing):
            settings = topics[name]
            wanted = {
                "num_partitions": settings.partitions,
                "replication_factor": self._settings.replication,
                "configs": {"cleanup.policy": "compact"} if settings.compacted else {},
            }
            with contextlib.suppress(TopicAlreadyExistsError):
                admin.create_topics({name: wanted}, wait_for_metadata=True)

    def _ask(self, question: Callable[[Any], T]) -> T:
        with self._lock:
            if self._admin is None:
                timeout = {"request_timeout_ms": milliseconds(self._settings.connect_timeout)}
                self._admin = self._factory.open(timeout)
            try:
                return question(self._admin)
            except (KafkaError, RuntimeError) as error:
                self._drop()
                raise unavailable("The event log (Kafka) doesn't answer.", error) from error

    def _drop(self) -> None:
        admin, self._admin = self._admin, None
        if admin is not None:
            with contextlib.suppress(Exception):
                admin.close()
