"""The same test on both logs: the embedded one and a real Kafka broker."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import Bus, TopicSettings
from radar_vocabulary.contracts.topics import ALERTS, DEAD_LETTERS, EVENTS, HEALTH


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def any_bus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bus]:
    """An open log, once per driver. The broker is shared, so topics of a test's own come from ``new_topic``."""
    if request.param == "embedded":
        bus = open_bus(f"sqlite:///{tmp_path / 'log.db'}")
    else:
        bus = open_bus(f"kafka://{request.getfixturevalue('kafka_bootstrap')}")
    bus.ensure_topics({DEAD_LETTERS: TopicSettings(partitions=2)})
    yield bus
    bus.close()


def new_topic(bus: Bus, *, partitions: int = 2) -> str:
    """Make a topic that nobody else uses."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    bus.ensure_topics({name: TopicSettings(partitions=partitions)})
    return name


def product_topics(partitions: int = 2) -> dict[str, TopicSettings]:
    """The product's own topics, small."""
    return {
        EVENTS: TopicSettings(partitions=partitions),
        HEALTH: TopicSettings(partitions=partitions, compacted=True),
        ALERTS: TopicSettings(partitions=partitions),
        DEAD_LETTERS: TopicSettings(partitions=1),
    }
