"""Decodes fetched records straight into ours: by far the most often run code of a consumer.

kafka-python takes several objects and some forty calls for each record; this takes one object and, for the usual
record, none. Only the decoding is replaced: fetching, positions and checksums stay the library's.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from radar_chassis.bus.kafka.library import CorruptRecordError, Fetcher
from radar_chassis.bus.port import Headers, Incoming, Partition

_APPEND_TIME: Final = 1
_MORE: Final = 0x7F
_LAST_MOMENT: Final = 253_402_300_799_000


def read_quickly(client: Any) -> None:
    """Let the KafkaConsumer ``client`` return Incoming instead of its own records."""
    client._fetcher.PartitionRecords = QuickRecords  # noqa: SLF001 - the seam is there, though not public


class QuickRecords(Fetcher.PartitionRecords):  # type: ignore[misc]  # the library has no types
    """What was fetched of one partition, decoded as it is taken."""

    def _unpack_records(self, tp: Any, records: Any, *_deserializers: Any) -> Iterator[Incoming]:
        partition = Partition(tp.topic, tp.partition)
        while (batch := records.next_batch()) is not None:
            if batch.magic < 2:
                raise CorruptRecordError(
                    f"{partition} holds records of before Kafka 0.11; copy the topic anew."
                )
            if self.check_crcs and not batch.validate_crc():
                raise CorruptRecordError(f"{partition}: the batch at {batch.base_offset} fails its checksum.")
            self.leader_epoch = batch.leader_epoch
            if not batch.is_control_batch:
                for record in read_batch(partition, batch):
                    self.next_fetch_offset = record.offset + 1
                    yield record
                self.records_read += batch.records_count
                self.bytes_read += batch.size_in_bytes
            # The last records of a batch may have been compacted away: go on behind where they were.
            self.next_fetch_offset = batch.next_offset
        self.drain()


def read_batch(partition: Partition, batch: Any) -> Iterator[Incoming]:
    """Yield the records of a batch of format 2 (kafka.apache.org/documentation/#recordbatch).

    Raises CorruptRecordError where they don't fit their lengths.
    """
    iter(batch)  # decompresses
    try:
        yield from _records(partition, batch, bytes(batch._buffer), batch._pos)  # noqa: SLF001 - no public way
    except (IndexError, ValueError) as error:
        raise CorruptRecordError(f"{partition}: the batch at {batch.base_offset} can't be read.") from error


def _records(  # noqa: C901 - one pass without calls is the point of it
    partition: Partition, batch: Any, data: bytes, at: int
) -> Iterator[Incoming]:
    first_offset, first_time, last_time = batch.base_offset, batch.first_timestamp, batch.max_timestamp
    appended = batch.timestamp_type == _APPEND_TIME
    shown, moment = 0, _moment(0)
    for _ in range(batch.records_count):
        # A number is little-endian in groups of seven bits, its sign in the lowest; nearly all fit into a byte or two.
        length, at = data[at], at + 1
        if length > _MORE:
            length, at = _longer(data, at, length)
        end = at + (length >> 1)
        later, at = data[at + 1], at + 2  # behind a byte of attributes, which are none
        if later > _MORE:
            later, at = _longer(data, at, later)
        further, at = data[at], at + 1
        if further > _MORE:
            further, at = _longer(data, at, further)
        size, at = data[at], at + 1
        if size > _MORE:
            size, at = _longer(data, at, size)
        key = b"" if size & 1 else data[at : (at := at + (size >> 1))]
        size, at = data[at], at + 1
        if size > _MORE:
            size, at = _longer(data, at, size)
        value = None if size & 1 else data[at : (at := at + (size >> 1))]
        headers: Headers = ()
        if data[at]:
            headers, at = _headers(data, at)
        else:
            at += 1
        if at != end:
            raise ValueError("a record is longer or shorter than it says")
        millis = last_time if appended else first_time + ((later >> 1) ^ -(later & 1))
        if millis != shown:
            shown, moment = millis, _moment(millis)  # neighbours often share one
        yield Incoming(
            partition=partition,
            offset=first_offset + (further >> 1),
            key=key,
            value=value,
            headers=headers,
            timestamp=moment,
        )
    if at != len(data):
        raise ValueError("a batch is longer than its records")


def _moment(millis: int) -> datetime:
    return datetime.fromtimestamp(min(max(millis, 0), _LAST_MOMENT) / 1000, UTC)


def _longer(data: bytes, at: int, first: int) -> tuple[int, int]:
    """Return a number whose ``first`` byte says that it goes on at ``at``, and where it ends."""
    number, shift = first & _MORE, 7
    while (byte := data[at]) > _MORE:
        number |= (byte & _MORE) << shift
        shift += 7
        at += 1
    return number | byte << shift, at + 1


def _headers(data: bytes, at: int) -> tuple[Headers, int]:
    count, at = _number(data, at)
    found: list[tuple[str, bytes]] = []
    for _ in range(count):
        size, at = _number(data, at)
        name, at = data[at : at + size].decode(), at + size
        size, at = _number(data, at)
        content, at = (b"", at) if size < 0 else (data[at : at + size], at + size)
        found.append((name, content))
    return tuple(found), at


def _number(data: bytes, at: int) -> tuple[int, int]:
    number, at = data[at], at + 1
    if number > _MORE:
        number, at = _longer(data, at, number)
    return (number >> 1) ^ -(number & 1), at
