"""What is published comes out as it went in, in the order of its key."""

from datetime import UTC, datetime

import pytest

from radar_chassis.bus.port import Outgoing, Partition
from radar_chassis.errors import TooLarge
from tests.contract.bus.driver import Bench


def _numbered(topic: str, key: str, count: int) -> list[Outgoing]:
    return [Outgoing(topic=topic, key=key.encode(), value=str(n).encode()) for n in range(count)]


def test_records_of_one_key_keep_their_order_over_many_publishes(bench: Bench) -> None:
    topic = bench.topic(partitions=4)
    producer = bench.producer()
    keys = [f"account-{n}" for n in range(7)]
    sent = {key: _numbered(topic, key, 60) for key in keys}
    answers = [producer.publish([sent[key][n] for key in keys]) for n in range(60)]
    for answer in answers:
        answer.result(20)

    records = bench.reader(topic).read(7 * 60)

    for key in keys:
        values = [record.value for record in records if record.key == key.encode()]
        assert values == [str(n).encode() for n in range(60)]


def test_a_key_has_one_partition_and_keys_use_them_all(bench: Bench) -> None:
    topic = bench.topic(partitions=4)
    records = [Outgoing(topic=topic, key=f"k{n % 20}".encode(), value=b"") for n in range(40)]
    placed = bench.producer().publish(records).result(20)

    homes: dict[bytes, set[Partition]] = {}
    for record, position in zip(records, placed, strict=True):
        homes.setdefault(record.key, set()).add(position.partition)
    assert all(len(partitions) == 1 for partitions in homes.values())
    assert {p.number for found in homes.values() for p in found} == {0, 1, 2, 3}


def test_positions_are_where_the_records_are_found(bench: Bench) -> None:
    topic = bench.topic(partitions=3)
    records = [Outgoing(topic=topic, key=f"k{n}".encode(), value=b"v") for n in range(30)]
    placed = bench.producer().publish(records).result(20)

    found = {(r.partition, r.offset): r.key for r in bench.reader(topic).read(30)}

    assert found == {
        (at.partition, at.offset): record.key for at, record in zip(placed, records, strict=True)
    }


def test_headers_timestamps_and_tombstones_come_back_as_they_went_in(bench: Bench) -> None:
    topic = bench.topic()
    moment = datetime(2026, 11, 21, 10, 0, 0, 123000, tzinfo=UTC)
    full = Outgoing(
        topic=topic,
        key="schlüssel".encode(),
        value=b"\x00\xff",
        headers=(("trace", b"\x01"), ("trace", b"")),
        timestamp=moment,
    )
    tombstone = Outgoing(topic=topic, key=b"gone", value=None)
    before = datetime.now(UTC)
    bench.producer().publish([full, tombstone]).result(20)

    first, second = bench.reader(topic).read(2)

    assert (first.key, first.value, first.headers, first.timestamp) == (
        full.key,
        full.value,
        full.headers,
        moment,
    )
    assert (second.key, second.value, second.headers) == (b"gone", None, ())
    assert abs((second.timestamp - before).total_seconds()) < 20


def test_an_empty_publish_succeeds(bench: Bench) -> None:
    bench.topic()
    assert list(bench.producer().publish([]).result(20)) == []


def test_a_record_beyond_the_limit_is_refused_and_the_next_one_is_taken(bench: Bench) -> None:
    topic = bench.topic()
    producer = bench.producer()
    with pytest.raises(TooLarge):
        producer.publish([Outgoing(topic=topic, key=b"k", value=bytes(2_000_000))]).result(20)
    assert len(producer.publish([Outgoing(topic=topic, key=b"k", value=b"v")]).result(20)) == 1


def test_creating_a_topic_again_leaves_it_as_it_is(bench: Bench) -> None:
    topic = bench.topic(partitions=2)
    bench.producer().publish([Outgoing(topic=topic, key=b"k", value=b"v")]).result(20)
    from radar_chassis.bus.port import TopicSettings

    bench.bus().ensure_topics({topic: TopicSettings(partitions=9)})

    reader = bench.reader(topic)
    reader.read(1)
    assert len(reader.consumer.assignment()) == 2
