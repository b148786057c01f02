"""The yardstick of ingest: KafkaProducer alone, sending the records that ingest put on a topic to another topic."""

import time
from collections.abc import Callable
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from radar_chassis.bus.kafka.settings import KafkaSettings
from tests.bench.worker import serve


def prepare(
    *, bootstrap: str, source: str, target: str, events: int, warm_up: int
) -> Callable[[], dict[str, Any]]:
    """Read the last ``events`` records of ``source`` into memory and send ``warm_up`` of them ahead."""
    records = _last(bootstrap, source, events)
    ours = KafkaSettings()
    producer = KafkaProducer(
        bootstrap_servers=[bootstrap],
        acks="all",
        enable_idempotence=True,
        linger_ms=round(ours.linger * 1000),
        batch_size=ours.batch_bytes,
        metrics_enabled=False,
    )
    _send_all(producer, target, records[:warm_up])

    def work() -> dict[str, Any]:
        began, busy = time.perf_counter(), time.process_time()
        _send_all(producer, target, records)
        seconds = time.perf_counter() - began
        return {
            "events": len(records),
            "seconds": seconds,
            "cpu": time.process_time() - busy,
            "bytes": sum(len(key) + len(value) for key, value in records),
        }

    return work


def _send_all(producer: KafkaProducer, topic: str, records: list[tuple[bytes, bytes]]) -> None:
    receipts = [producer.send(topic, value, key) for key, value in records]
    for receipt in receipts:
        receipt.get(60)


def _last(bootstrap: str, topic: str, count: int) -> list[tuple[bytes, bytes]]:
    consumer = KafkaConsumer(bootstrap_servers=[bootstrap], enable_auto_commit=False, metrics_enabled=False)
    parts = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic))]
    ends = consumer.end_offsets(parts)
    consumer.assign(parts)
    for part in parts:
        consumer.seek(part, 0)
    found: list[tuple[int, bytes, bytes]] = []
    while any(consumer.position(part) < ends[part] for part in parts):
        for batch in consumer.poll(1000, 10_000).values():
            found.extend((record.timestamp, record.key, record.value) for record in batch)
    consumer.close()
    found.sort(key=lambda one: one[0])
    return [(key, value) for _, key, value in found[-count:]]


if __name__ == "__main__":
    serve(prepare)
