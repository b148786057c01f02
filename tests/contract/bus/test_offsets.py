"""Where reading starts is the reader's own business; the log never decides it in silence."""

import pytest

from radar_chassis.bus.port import OffsetOutOfRange, Outgoing, Partition
from tests.contract.bus.driver import Bench


def _publish(bench: Bench, topic: str, count: int, prefix: str = "k") -> None:
    records = [Outgoing(topic=topic, key=f"{prefix}{n}".encode(), value=b"v") for n in range(count)]
    bench.producer().publish(records).result(20)


def test_a_new_group_without_an_offset_starts_at_the_earliest_record(bench: Bench) -> None:
    topic = bench.topic(partitions=2)
    _publish(bench, topic, 20)
    assert len(bench.reader(topic).read(20)) == 20


def test_reading_resumes_behind_what_was_recorded(bench: Bench) -> None:
    topic = bench.topic(partitions=2)
    offsets: dict[Partition, int] = {}
    _publish(bench, topic, 10, "first")
    before = bench.reader(topic, group="resume", offsets=offsets)
    before.read(10)
    before.consumer.close()
    _publish(bench, topic, 5, "second")

    after = bench.reader(topic, group="resume", offsets=offsets).read(5)

    assert all(record.key.startswith(b"second") for record in after)


def test_what_was_read_but_not_recorded_is_read_again(bench: Bench) -> None:
    topic = bench.topic()
    offsets: dict[Partition, int] = {}
    _publish(bench, topic, 10)
    before = bench.reader(topic, group="again", offsets=offsets)
    first = before.read(10, commit=False)
    before.consumer.report_progress({record.partition: record.offset + 1 for record in first})
    before.consumer.close()

    again = bench.reader(topic, group="again", offsets=offsets).read(10)

    assert [record.offset for record in again] == [record.offset for record in first]


def test_groups_read_independently(bench: Bench) -> None:
    topic = bench.topic()
    _publish(bench, topic, 10)
    one, other = bench.reader(topic), bench.reader(topic)
    assert one.read(10) == other.read(10)


def test_seeking_back_reads_again_from_there(bench: Bench) -> None:
    topic = bench.topic()
    _publish(bench, topic, 10)
    reader = bench.reader(topic)
    reader.read(10)
    reader.consumer.seek(Partition(topic, 0), 4)
    assert [record.offset for record in reader.read(6)] == [4, 5, 6, 7, 8, 9]


def test_no_poll_returns_more_than_it_was_asked_for(bench: Bench) -> None:
    topic = bench.topic(partitions=2)
    _publish(bench, topic, 30)
    reader = bench.reader(topic)
    sizes = []
    while sum(sizes) < 30:
        sizes.append(len(reader.poll(max_records=7, timeout=1)))
    assert max(sizes) <= 7


def test_the_lag_is_the_end_less_what_was_read(bench: Bench) -> None:
    topic = bench.topic()
    _publish(bench, topic, 10)
    reader = bench.reader(topic)
    reader.read(10)
    _publish(bench, topic, 3)
    reader.consumer.pause(reader.consumer.assignment())
    reader.poll()
    assert reader.consumer.end_offsets() == {Partition(topic, 0): 13}


def test_an_offset_past_retention_stops_the_reader_every_time(bench: Bench) -> None:
    topic = bench.topic()
    partition = Partition(topic, 0)
    _publish(bench, topic, 10)
    bench.driver.trim(partition, 6)

    reader = bench.reader(topic, offsets={partition: 3})

    for _ in range(2):
        with pytest.raises(OffsetOutOfRange, match=r"offset 3 .* \(6 to 10\)"):
            reader.read(1)
    reader.consumer.seek(partition, 6)
    assert [record.offset for record in reader.read(4)] == [6, 7, 8, 9]


def test_an_offset_the_log_never_reached_stops_the_reader(bench: Bench) -> None:
    topic = bench.topic()
    partition = Partition(topic, 0)
    _publish(bench, topic, 10)
    reader = bench.reader(topic, offsets={partition: 99})
    with pytest.raises(OffsetOutOfRange):
        reader.read(1)


def test_after_retention_a_new_group_starts_at_what_is_left(bench: Bench) -> None:
    topic = bench.topic()
    _publish(bench, topic, 10)
    bench.driver.trim(Partition(topic, 0), 6)
    assert [record.offset for record in bench.reader(topic).read(4)] == [6, 7, 8, 9]
