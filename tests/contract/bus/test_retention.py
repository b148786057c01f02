"""What the embedded log may forget when it is tended. Kafka's broker forgets by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from radar_chassis.bus.embedded import EmbeddedBus
from radar_chassis.bus.port import OffsetOutOfRange, Outgoing, Partition, Retention, TopicSettings
from radar_chassis.clock import ManualClock
from tests.contract.bus.driver import Bench
from tests.contract.bus.reader import Reader
from tests.support.wait import eventually

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NOTHING_KEPT = Retention(age=timedelta(0), records=0)
EVENTS, STATE = "events", "state"


@pytest.fixture
def bus(tmp_path: Path) -> EmbeddedBus:
    made = EmbeddedBus(tmp_path / "log.db", clock=ManualClock(NOW))
    made.ensure_topics(
        {EVENTS: TopicSettings(partitions=1), STATE: TopicSettings(partitions=1, compacted=True)}
    )
    return made


def publish(
    bus: EmbeddedBus, topic: str, count: int, *, age: timedelta = timedelta(hours=1), size: int = 1
) -> None:
    producer = bus.producer()
    records = [
        Outgoing(topic=topic, key=b"%d" % (number % 3), value=b"x" * size, timestamp=NOW - age)
        for number in range(count)
    ]
    producer.publish(records).result(20)
    producer.close()


def reader(bus: EmbeddedBus, topic: str, group: str, offsets: dict[Partition, int] | None = None) -> Reader:
    made = Reader(offsets if offsets is not None else {})
    made.consumer = bus.consumer(group=group, topics=[topic], listener=made)
    return made


def read_and_tell(one: Reader, count: int) -> None:
    """Read and say so, as a worker does after its commit; closing writes down how far it is."""
    one.read(count)
    one.consumer.report_progress(one.offsets)
    one.consumer.close()


def left(bus: EmbeddedBus, topic: str, count: int) -> list[int]:
    fresh = reader(bus, topic, "who looks")
    found = [record.offset for record in fresh.read(count)]
    assert fresh.poll() == []
    fresh.consumer.close()
    return found


def test_what_a_group_has_still_to_read_stays(bus: EmbeddedBus) -> None:
    publish(bus, EVENTS, 10)
    read_and_tell(reader(bus, EVENTS, "quick"), 10)
    slow = reader(bus, EVENTS, "slow")
    read_and_tell(slow, 10)
    publish(bus, EVENTS, 5)
    read_and_tell(reader(bus, EVENTS, "quick", {Partition(EVENTS, 0): 10}), 5)
    assert bus.apply_retention(NOTHING_KEPT) == 10
    assert left(bus, EVENTS, 5) == [10, 11, 12, 13, 14]


def test_a_member_that_has_told_nothing_yet_holds_everything(bus: EmbeddedBus) -> None:
    publish(bus, EVENTS, 10)
    read_and_tell(reader(bus, EVENTS, "quick"), 10)
    fresh = reader(bus, EVENTS, "fresh")
    fresh.poll(max_records=1)
    assert bus.apply_retention(NOTHING_KEPT) == 0
    fresh.consumer.close()


def test_the_young_stay_and_of_them_not_too_many(bus: EmbeddedBus) -> None:
    publish(bus, EVENTS, 10, age=timedelta(days=2))
    publish(bus, EVENTS, 10)
    read_and_tell(reader(bus, EVENTS, "group"), 20)
    assert bus.apply_retention(Retention(age=timedelta(days=1), records=100)) == 10
    assert bus.apply_retention(Retention(age=timedelta(days=1), records=4)) == 6
    assert left(bus, EVENTS, 4) == [16, 17, 18, 19]


def test_a_topic_that_nobody_has_read_yet_waits_for_its_readers(bus: EmbeddedBus) -> None:
    publish(bus, EVENTS, 4, age=timedelta(days=8))
    publish(bus, EVENTS, 6, age=timedelta(days=6))
    assert bus.apply_retention(Retention(age=timedelta(days=1), records=0)) == 4
    assert left(bus, EVENTS, 6) == [4, 5, 6, 7, 8, 9]


def test_whoever_asks_for_what_was_forgotten_is_told(bus: EmbeddedBus) -> None:
    publish(bus, EVENTS, 10)
    read_and_tell(reader(bus, EVENTS, "group"), 10)
    bus.apply_retention(Retention(age=timedelta(days=1), records=4))
    restored = reader(bus, EVENTS, "group", {Partition(EVENTS, 0): 3})
    with pytest.raises(OffsetOutOfRange, match=r"offset 3 .* \(6 to 10\)"):
        restored.read(1)
    restored.consumer.close()


def test_of_a_compacted_topic_the_newest_of_each_key_stays_however_old(bus: EmbeddedBus) -> None:
    publish(bus, STATE, 9, age=timedelta(days=400))
    read_and_tell(reader(bus, STATE, "group"), 9)
    assert bus.apply_retention(NOTHING_KEPT) == 6
    assert bus.apply_retention(NOTHING_KEPT) == 0
    assert left(bus, STATE, 3) == [6, 7, 8]


def test_the_file_shrinks(bus: EmbeddedBus, tmp_path: Path) -> None:
    for _ in range(10):
        publish(bus, EVENTS, 300, size=1_000)
    read_and_tell(reader(bus, EVENTS, "group"), 3_000)
    bus.apply_retention(Retention(age=timedelta(0), records=10))
    # The last checkpoint of the write-ahead log is the closing connection's.
    eventually(lambda: (tmp_path / "log.db").stat().st_size < 200_000)


def test_what_is_young_stays_whatever_the_log_is(bench: Bench) -> None:
    topic = bench.topic()
    producer = bench.producer()
    producer.publish([Outgoing(topic=topic, key=b"k", value=b"v")]).result(20)
    assert bench.bus().apply_retention(Retention()) == 0
    assert len(bench.reader(topic).read(1)) == 1
