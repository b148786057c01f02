"""Fault 32: the disk is full: events are refused, what was accepted is there, and later it goes on by itself."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from radar_chassis.bus.open import open_bus
from radar_vocabulary.contracts.event_record import decode_event
from radar_vocabulary.contracts.topics import EVENTS
from tests.support.product import Process, Product, uses
from tests.support.reading import read_all
from tests.support.wait import eventually

pytestmark = pytest.mark.faults
UNLIMITED = resource.RLIM_INFINITY


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Product]:
    product = Product(tmp_path, f"sqlite:///{tmp_path / 'log.db'}", None)
    yield product
    product.close()


def leave_room(process: Process, size: int) -> None:
    """Let no file of a process grow beyond ``size`` bytes: as on a full disk, a write fails in the middle."""
    resource.prlimit(process.child.pid, resource.RLIMIT_FSIZE, (size, UNLIMITED))


def test_on_a_full_disk_nothing_is_accepted_that_is_not_there(embedded: Product) -> None:
    ingest = embedded.start("ingest").ready()
    before = uses(50)
    assert ingest.send(before).status_code == 200
    largest = max(file.stat().st_size for file in embedded.folder.glob("log.db*"))
    leave_room(ingest, largest + 200_000)
    accepted = [*before]
    while (answer := ingest.send(batch := uses(50))).status_code == 200:
        accepted += batch
        assert len(accepted) < 10_000, "the disk was never full"
    assert (answer.status_code, answer.json()["code"]) == (503, "log_unavailable")
    assert len(accepted) > len(before)
    leave_room(ingest, UNLIMITED)
    after = uses(50)
    eventually(lambda: ingest.send(after).status_code == 200, within=30)
    bus = open_bus(embedded.bus_url)
    there = {decode_event(record.value or b"").id for record in read_all(bus, EVENTS)}
    bus.close()
    assert {event["id"] for event in accepted + after} <= there
