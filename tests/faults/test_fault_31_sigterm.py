"""Fault 31: SIGTERM: the transaction finishes, the group is left, within the grace period."""

import time

import pytest

from radar_health_score.main import SCHEMA
from tests.support.product import Product, counted, uses
from tests.support.records import offsets_of, publish_events
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]
EVENTS = 4_000


def test_a_scorer_that_is_asked_to_end_ends_in_good_order(product: Product) -> None:
    bus = product.bus()
    product.more["RADAR_BATCH_RECORDS"] = "50"
    publish_events(bus, uses(EVENTS))
    score = product.start("score")
    with offsets_of(product, SCHEMA) as offsets:
        score.ready()
        eventually(lambda: offsets.consumed() >= EVENTS // 10, within=40)
        began = time.monotonic()
        assert score.child.stop() == 0, score.child.tail()
        assert time.monotonic() - began < 15
        after = product.start("score").ready()
        # The group was left: nobody waits for a session to run out.
        eventually(lambda: offsets.consumed() == EVENTS, within=60)
    # An account is listed once it has a score.
    eventually(lambda: counted(after) == EVENTS, within=60)
    bus.close()


def test_ingest_answers_what_it_took_before_it_ends(product: Product) -> None:
    from tests.support.feeding import Feeder

    product.bus().close()
    ingest = product.start("ingest").ready()
    feeder = Feeder(lambda: ingest, uses(10_000), batch=50)
    feeder.start()
    feeder.wait_for(300)
    assert ingest.child.stop() == 0
    feeder.ending.set()
    feeder.finish()
    score = product.start("score").ready()
    # An answer may be lost on the way, so what is stored may be more than what was acknowledged; never less.
    eventually(lambda: counted(score) >= len(feeder.acknowledged), within=60)
    assert counted(score) - len(feeder.acknowledged) in {0, 50}
