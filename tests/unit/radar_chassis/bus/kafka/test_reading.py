"""Our decoder of fetched batches reads what the library's own reads, and refuses what is cut or changed."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka.consumer.fetcher import Fetcher
from kafka.errors import CorruptRecordError
from kafka.record.default_records import DefaultRecordBatch, DefaultRecordBatchBuilder
from kafka.record.memory_records import MemoryRecords
from kafka.structs import TopicPartition

from radar_chassis.bus.kafka.reading import QuickRecords, read_batch
from radar_chassis.bus.port import Incoming, Partition

HERE = Partition("events", 3)
WHERE = TopicPartition("events", 3)
PLAIN, GZIP = 0, 1

bodies = st.none() | st.binary(max_size=300) | st.integers(0, 40_000).map(lambda size: b"x" * size)
headers = st.lists(st.tuples(st.text(max_size=80), st.binary(max_size=100)), max_size=3)
records = st.lists(st.tuples(bodies, bodies, st.integers(0, 2**41), headers), min_size=1, max_size=12)


def packed(told: list[tuple[Any, Any, int, Any]], *, first: int = 0, codec: int = PLAIN) -> bytes:
    """One batch as a broker sends it; its offsets begin at ``first``."""
    builder = DefaultRecordBatchBuilder(
        magic=2, compression_type=codec, is_transactional=False, producer_id=-1, producer_epoch=-1,
        base_sequence=-1, batch_size=1 << 26,
    )  # fmt: skip
    for offset, (key, value, millis, heads) in enumerate(told):
        builder.append(offset, millis, key, value, heads)
    batch = builder.build()
    batch[:8] = first.to_bytes(8, "big")  # as a broker does; the checksum begins behind it
    return bytes(batch)


def by_the_library(data: bytes) -> list[Incoming]:
    """The same batch through the library's decoder."""
    return [
        Incoming(
            partition=HERE,
            offset=one.offset,
            key=one.key or b"",
            value=one.value,
            headers=tuple(one.headers),
            timestamp=datetime.fromtimestamp(one.timestamp / 1000, UTC),
        )
        for one in DefaultRecordBatch(data)
    ]


def fetched(data: bytes, *, start: int = 0, drained: Any = lambda _: None) -> Any:
    return QuickRecords(start, WHERE, MemoryRecords(data), on_drain=drained)


@given(records, st.sampled_from([PLAIN, GZIP]), st.integers(0, 2**50))
def test_every_batch_reads_as_the_library_reads_it(told: Any, codec: int, first: int) -> None:
    data = packed(told, first=first, codec=codec)

    assert list(read_batch(HERE, DefaultRecordBatch(data))) == by_the_library(data)


@given(records, st.data())
def test_a_batch_that_was_cut_or_changed_is_refused_or_fails_its_checksum(
    told: Any, data: st.DataObject
) -> None:
    whole = bytearray(packed(told))
    place = data.draw(st.integers(61, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(CorruptRecordError):
        fetched(bytes(whole)).take()


def test_records_are_taken_in_portions_and_the_position_follows() -> None:
    batches = packed(several(3), first=10) + packed(several(2), first=13)
    drained: list[Any] = []
    part = fetched(batches, start=10, drained=drained.append)

    assert [one.offset for one in part.take(2)] == [10, 11]
    assert part.next_fetch_offset == 12
    assert not drained
    assert [one.offset for one in part.take(10)] == [12, 13, 14]
    assert part.next_fetch_offset == 15
    assert drained, "the library asks for more only then"


def test_a_position_in_the_middle_of_a_batch_is_respected() -> None:
    assert [one.offset for one in fetched(packed(several(4), first=10), start=12).take()] == [12, 13]


def test_control_batches_are_passed_over() -> None:
    control = bytearray(packed(several(1), first=3))
    control[22] |= 0x20  # the attribute of a transaction's marker
    part = fetched(bytes(control) + packed(several(1), first=4), start=3)
    part.check_crcs = False

    assert [one.offset for one in part.take()] == [4]


def test_the_clock_of_the_broker_counts_where_the_topic_says_so() -> None:
    batch = DefaultRecordBatch(packed([(b"k", b"v", 1_000, []), (b"k", b"v", 5_000, [])]))
    batch._header_data = (*batch._header_data[:5], batch._header_data[5] | 0x08, *batch._header_data[6:])

    assert {one.timestamp for one in read_batch(HERE, batch)} == {datetime.fromtimestamp(5, UTC)}


def test_the_seam_in_the_library_is_where_we_expect_it() -> None:
    fetcher = SimpleNamespace(PartitionRecords=Fetcher.PartitionRecords)

    assert issubclass(QuickRecords, fetcher.PartitionRecords)
    assert "self.PartitionRecords(" in source_of(Fetcher), "the library makes them through this attribute"


def several(count: int) -> list[tuple[bytes, bytes, int, list[Any]]]:
    return [(b"key", b"value", 1_000, []) for _ in range(count)]


def source_of(kind: type) -> str:
    import inspect

    return inspect.getsource(kind)
