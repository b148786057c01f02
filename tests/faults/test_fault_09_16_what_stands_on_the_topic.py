"""Faults 9 and 16: a malformed record is parked and passed; a new group begins with the earliest record."""

import pytest

from radar_chassis.bus.port import Outgoing
from radar_vocabulary.contracts.topics import EVENTS
from tests.support.product import Product, counted, uses
from tests.support.records import publish_events
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]
GARBAGE = (b"", b"not json", b"{}", b"[1,2]", b'{"version":2}', b"\xff\xfe", b'{"version":1,"id":"x"}')


def test_malformed_records_are_parked_and_the_partition_goes_on(product: Product) -> None:
    """Fault 9."""
    bus = product.bus()
    publish_events(bus, uses(50, prefix="before"))
    producer = bus.producer()
    producer.publish([Outgoing(topic=EVENTS, key=b"account-1", value=value) for value in GARBAGE]).result(20)
    publish_events(bus, uses(50, prefix="after"))
    ingest, score = product.start("ingest").ready(), product.start("score").ready()
    eventually(lambda: counted(score) == 100, within=60)
    letters = eventually(
        lambda: (
            (found := ingest.get("/v1/dead-letters", step="score")["items"]) and len(found) == 7 and found
        ),
        within=30,
    )
    assert all(letter["source"]["topic"] == EVENTS for letter in letters)
    assert len({(letter["source"]["partition"], letter["source"]["offset"]) for letter in letters}) == 7
    assert all(letter["reason"] for letter in letters)
    producer.close()
    bus.close()


def test_a_new_group_begins_with_the_earliest_record(product: Product) -> None:
    """Fault 16."""
    bus = product.bus()
    publish_events(bus, uses(300))
    score = product.start("score").ready()
    eventually(lambda: counted(score) == 300, within=60)
    bus.close()
