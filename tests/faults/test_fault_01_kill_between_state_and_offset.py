"""Fault 1: kill -9 between state and offset; after the restart the count equals the input.

The scorer is killed at random moments while it consumes, FAULT_RUNS times (50 unless set).
"""

import os
import random

import pytest

from radar_health_score.main import SCHEMA
from tests.support.product import Product, counted, uses
from tests.support.records import offsets_of, publish_events
from tests.support.wait import eventually

RUNS = int(os.environ.get("FAULT_RUNS", "50"))
BURST = 400

pytestmark = [pytest.mark.faults, pytest.mark.timeout(60 + RUNS * 30)]


def test_after_many_kills_the_count_equals_the_input(product: Product) -> None:
    chance = random.Random(20261121)
    bus = product.bus()
    # Small batches: many transactions to be killed in.
    product.more["RADAR_BATCH_RECORDS"] = "20"
    score = product.start("score").ready()
    with offsets_of(product, SCHEMA) as offsets:
        for run in range(RUNS):
            reached = run * BURST + chance.randrange(BURST)
            publish_events(bus, uses(BURST, prefix=f"run{run}"))
            eventually(lambda reached=reached: offsets.consumed() >= reached, within=40, every=0.0005)
            score.child.kill()
            score = product.start("score")
        score.ready()
        eventually(lambda: offsets.consumed() == RUNS * BURST, within=60)
    assert counted(score) == RUNS * BURST
    bus.close()
