"""Writes steps of alerts onto ``radar.alerts.v1``, keyed by account."""

from collections.abc import Sequence
from typing import Final

from radar_chassis.bus.port import BusUnavailable, Outgoing, Producer
from radar_vocabulary.contracts.topics import ALERTS

DEADLINE: Final = 15.0


class TopicWriter:
    """Publishes and waits until the log has them."""

    def __init__(self, producer: Producer) -> None:
        self._producer = producer

    def publish(self, records: Sequence[tuple[str, bytes]]) -> None:
        """Return once all are durable. Raises BusUnavailable or BusOverloaded."""
        outgoing = [Outgoing(topic=ALERTS, key=account.encode(), value=value) for account, value in records]
        try:
            self._producer.publish(outgoing).result(DEADLINE)
        except TimeoutError as error:
            raise BusUnavailable("The log didn't acknowledge in time; it will be tried again.") from error

    def close(self) -> None:
        """Let go of the producer."""
        self._producer.close()
