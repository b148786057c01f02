"""Trimming and compacting forget what they should and nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from radar_chassis.bus.embedded import EmbeddedBus
from radar_chassis.bus.embedded.database import connect, transaction
from radar_chassis.bus.embedded.log import append, parts_of, read
from radar_chassis.bus.port import Outgoing, Partition, Retention, TopicSettings

_NOW = datetime(2026, 11, 21, tzinfo=UTC)
_TOPIC = "t"


@pytest.fixture
def bus(tmp_path: Path) -> EmbeddedBus:
    bus = EmbeddedBus(tmp_path / "log.db")
    bus.ensure_topics({_TOPIC: TopicSettings(partitions=1, compacted=True)})
    connection = connect(tmp_path / "log.db", lock_timeout=1)
    records = [Outgoing(topic=_TOPIC, key=key, value=b"v") for key in (b"a", b"b", b"a", b"c", b"b")]
    records.append(Outgoing(topic=_TOPIC, key=b"c", value=None))
    with transaction(connection):
        append(connection, [records], _NOW)
    connection.close()
    return bus


def _offsets(path: Path) -> tuple[int, list[int]]:
    connection = connect(path, lock_timeout=1)
    part = parts_of(connection, [_TOPIC])[_TOPIC][0]
    found = [record.offset for record in read(connection, part, 0, 100, 1_000_000)]
    connection.close()
    return part.first, found


def test_compaction_keeps_the_newest_of_each_key_at_its_offset(bus: EmbeddedBus, tmp_path: Path) -> None:
    assert (
        bus.apply_retention(Retention(age=timedelta(0), records=0)) == 3
    )  # nobody has read it: its age alone counts
    assert _offsets(tmp_path / "log.db") == (0, [2, 4, 5])


def test_trimming_forgets_what_is_below(bus: EmbeddedBus, tmp_path: Path) -> None:
    bus.trim(Partition(_TOPIC, 0), 4)
    assert _offsets(tmp_path / "log.db") == (4, [4, 5])


def test_trimming_never_passes_the_end_nor_goes_back(bus: EmbeddedBus, tmp_path: Path) -> None:
    bus.trim(Partition(_TOPIC, 0), 99)
    bus.trim(Partition(_TOPIC, 0), 2)
    assert _offsets(tmp_path / "log.db") == (6, [])


def test_a_read_stops_once_it_holds_enough_bytes(bus: EmbeddedBus, tmp_path: Path) -> None:
    connection = connect(tmp_path / "log.db", lock_timeout=1)
    part = parts_of(connection, [_TOPIC])[_TOPIC][0]
    assert len(read(connection, part, 0, 100, room=3)) == 2
    connection.close()
