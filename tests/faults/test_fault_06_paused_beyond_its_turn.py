"""Fault 6: SIGSTOP beyond the poll interval, then SIGCONT: the paused consumer counts nothing twice."""

import pytest

from radar_health_score.main import SCHEMA
from tests.support.product import Product, counted, uses
from tests.support.records import offsets_of, publish_events
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]
BURST = 3_000
ROUNDS = 3


def test_a_consumer_that_slept_through_its_partitions_loses_them(product: Product) -> None:
    bus = product.bus()
    product.more["RADAR_BATCH_RECORDS"] = "20"
    first = product.start("score").ready()
    second = product.start("score").ready()
    with offsets_of(product, SCHEMA) as offsets:
        for turn in range(ROUNDS):
            before = turn * BURST
            publish_events(bus, uses(BURST, prefix=f"turn{turn}"))
            eventually(lambda before=before: offsets.consumed() >= before + 200, every=0.001, within=40)
            first.child.freeze()
            try:
                done = before + BURST
                eventually(
                    lambda done=done: offsets.consumed() == done, within=60, what="the other takes over"
                )
            finally:
                first.child.thaw()
            first.ready()
        publish_events(bus, uses(500, prefix="after"))
        eventually(lambda: offsets.consumed() == ROUNDS * BURST + 500, within=60)
    assert counted(second) == ROUNDS * BURST + 500
    assert first.child.running()
    bus.close()
