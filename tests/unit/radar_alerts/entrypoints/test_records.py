"""Records of the health topic."""

from datetime import UTC, datetime

import pytest

from radar_alerts.entrypoints.records import HealthRecords
from radar_chassis.bus.port import Incoming, Partition
from radar_chassis.worker.handler import Poison
from radar_vocabulary.contracts.health import encode_snapshot
from tests.support.health import snapshot


def decode(value: bytes | None):
    handler = HealthRecords(None, lambda: None)  # type: ignore[arg-type] - decode is pure
    record = Incoming(
        partition=Partition("radar.health.v1", 0),
        offset=7,
        key=b"acme",
        value=value,
        headers=(),
        timestamp=datetime(2026, 11, 21, tzinfo=UTC),
    )
    return handler.decode(record)


def test_a_snapshot_is_read_as_written() -> None:
    assert decode(encode_snapshot(snapshot(30.0))) == snapshot(30.0)


def test_a_tombstone_says_nothing() -> None:
    assert decode(None) is None


@pytest.mark.parametrize("value", [b"", b"{", b"null", b'{"version":2}', b'{"version":1}', b"\xff"])
def test_anything_else_is_poison(value: bytes) -> None:
    with pytest.raises(Poison, match="isn't a health snapshot"):
        decode(value)
