"""Fault 7: members come and go while batches are under way; no event is counted twice or lost."""

import pytest

from radar_health_score.main import SCHEMA
from tests.support.product import Product, counted, uses
from tests.support.records import offsets_of, publish_events
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]
BURST = 2_000
ROUNDS = 4


def test_members_come_and_go_in_the_middle_of_batches(product: Product) -> None:
    bus = product.bus()
    product.more["RADAR_BATCH_RECORDS"] = "20"
    staying = product.start("score").ready()
    with offsets_of(product, SCHEMA) as offsets:
        for turn in range(ROUNDS):
            guest = product.start("score").ready()
            publish_events(bus, uses(BURST, prefix=f"turn{turn}"))
            half = turn * BURST + BURST // 2
            eventually(lambda half=half: offsets.consumed() >= half, every=0.001, within=60)
            assert guest.child.stop() == 0
            done = (turn + 1) * BURST
            eventually(lambda done=done: offsets.consumed() == done, within=60)
    assert counted(staying) == ROUNDS * BURST
    bus.close()
