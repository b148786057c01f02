"""Fills a topic with records as ingest would have put them there."""

from collections.abc import Sequence

from kafka import KafkaProducer

from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import TopicSettings
from tests.bench.stage import Stage

PARTITIONS = 8


def fill(stage: Stage, topic: str, *records: Sequence[tuple[bytes, bytes]]) -> None:
    """Make ``topic`` with eight partitions and put (key, value) records on it; returns when all are durable."""
    bus = open_bus(stage.broker.url)
    bus.ensure_topics({topic: TopicSettings(partitions=PARTITIONS)})
    bus.close()
    producer = KafkaProducer(
        bootstrap_servers=[stage.broker.bootstrap], acks="all", enable_idempotence=True, linger_ms=5
    )
    for some in records:
        receipts = [producer.send(topic, value, key) for key, value in some]
        for receipt in receipts:
            receipt.get(60)
    producer.close()
