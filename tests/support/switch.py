"""A log that can be taken away and given back: the real one behind a switch."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future

from radar_chassis.bus.port import (
    AssignmentListener,
    Bus,
    BusUnavailable,
    Consumer,
    Outgoing,
    Position,
    Producer,
    Retention,
    TopicSettings,
)


class SwitchedBus:
    """``bus`` while ``away`` is False; else nothing is acknowledged (and ``refusals`` counted)."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.away = False
        self.refusals = 0

    def ensure_topics(self, topics: Mapping[str, TopicSettings]) -> None:
        self.bus.ensure_topics(topics)

    def producer(self) -> Producer:
        return _SwitchedProducer(self, self.bus.producer())

    def consumer(self, *, group: str, topics: Sequence[str], listener: AssignmentListener) -> Consumer:
        return self.bus.consumer(group=group, topics=topics, listener=listener)

    def apply_retention(self, retention: Retention) -> int:
        return self.bus.apply_retention(retention)

    def ping(self) -> None:
        if self.away:
            raise BusUnavailable("The log is away.", retry_after=1)
        self.bus.ping()

    def close(self) -> None:
        self.bus.close()


class _SwitchedProducer:
    def __init__(self, switch: SwitchedBus, producer: Producer) -> None:
        self._switch = switch
        self._producer = producer

    def publish(self, records: Sequence[Outgoing]) -> "Future[Sequence[Position]]":
        if not self._switch.away:
            return self._producer.publish(records)
        self._switch.refusals += 1
        refused: Future[Sequence[Position]] = Future()
        refused.set_exception(BusUnavailable("The log did not acknowledge; send this again.", retry_after=1))
        return refused

    def close(self, timeout: float = 5.0) -> None:
        self._producer.close(timeout)
