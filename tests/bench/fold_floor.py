"""The yardstick of the fold: a bare consumer, msgspec, and two bare bulk statements and an offset per transaction.

It reads the same records and writes the ids and rollup rows that the product wrote, in as many transactions, as the
same packed arrays. The rows lie ready; nothing is looked up, nothing is merged, nothing else is written.
"""

import pickle
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from kafka import KafkaConsumer, TopicPartition

from radar_chassis.bus.kafka.settings import KafkaSettings
from radar_health_score.repositories.postgres_arrays import PackedArray, packed
from radar_health_score.repositories.postgres_arrays import _PackedDumper as PackedDumper
from radar_vocabulary.contracts.event_record import decode_event
from tests.bench.topic import PARTITIONS
from tests.bench.worker import serve

if TYPE_CHECKING:
    from tests.bench.fold_written import BatchWritten

_TABLES = """
CREATE TABLE floor_offsets (partition int PRIMARY KEY, next_offset int8 NOT NULL);
CREATE TABLE floor_use (
    account_no int8, day int4, known_day int4, tally bytea NOT NULL, PRIMARY KEY (account_no, day, known_day)
) WITH (fillfactor = 80);
"""
_CLAIM = "INSERT INTO floor_seen_{week} SELECT unnest(%b::bytea[]) ON CONFLICT DO NOTHING"
_KINDS = ("int8", "int4", "int4", "bytea")
_ROLL_UP = """
INSERT INTO floor_use SELECT * FROM unnest(%b::int8[], %b::int4[], %b::int4[], %b::bytea[])
ON CONFLICT (account_no, day, known_day) DO UPDATE SET tally = excluded.tally
"""
_MOVE = """
INSERT INTO floor_offsets SELECT * FROM unnest(%b::int4[], %b::int8[])
ON CONFLICT (partition) DO UPDATE SET next_offset = excluded.next_offset
"""


def prepare(
    *, bootstrap: str, database: str, topic: str, history: int, kept: str
) -> Callable[[], dict[str, Any]]:
    """Make the tables, lay the rows ready, and read past the ``history``."""
    batches: list[BatchWritten] = pickle.loads(Path(kept).read_bytes())
    columns = [[list(column) for column in zip(*batch.rollups, strict=True)] for batch in batches]
    connection = psycopg.connect(database)
    connection.adapters.register_dumper(PackedArray, PackedDumper)
    connection.execute(_TABLES)
    for week in {week for batch in batches for week, _ in batch.claims}:
        connection.execute(f"CREATE TABLE floor_seen_{week} (id bytea PRIMARY KEY)")
    connection.commit()
    poll = _records(bootstrap, topic)
    for _ in range(history):
        next(poll)

    def work() -> dict[str, Any]:
        began, busy = time.perf_counter(), time.process_time()
        for batch, rollups in zip(batches, columns, strict=True):
            offsets: dict[int, int] = {}
            for _ in range(batch.records):
                record = next(poll)
                decode_event(record.value)
                offsets[record.partition] = record.offset + 1
            connection.execute(_MOVE, (list(offsets), list(offsets.values())))
            for week, ids in batch.claims:
                connection.execute(_CLAIM.format(week=week), (packed("bytea", ids),))
            if rollups:
                connection.execute(
                    _ROLL_UP, [packed(kind, column) for kind, column in zip(_KINDS, rollups, strict=False)]
                )
            connection.commit()
        seconds, busy = time.perf_counter() - began, time.process_time() - busy
        connection.close()
        return {"records": sum(one.records for one in batches), "seconds": seconds, "cpu": busy}

    return work


def _records(bootstrap: str, topic: str) -> Iterator[Any]:
    ours = KafkaSettings()
    consumer = KafkaConsumer(
        bootstrap_servers=[bootstrap],
        enable_auto_commit=False,
        fetch_max_bytes=ours.max_poll_bytes,
        max_partition_fetch_bytes=ours.max_poll_bytes // 4,
        metrics_enabled=False,
    )
    parts = [TopicPartition(topic, number) for number in range(PARTITIONS)]
    consumer.assign(parts)
    for part in parts:
        consumer.seek(part, 0)
    while True:
        for records in consumer.poll(1000, 5_000).values():
            yield from records


if __name__ == "__main__":
    serve(prepare)
