"""Faults 2 and 3: ingest is killed before its answer, or after it; what was acknowledged is there, and counted once."""

import random

import pytest

from tests.support.feeding import Feeder
from tests.support.product import Process, Product, counted, uses
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]
EVENTS = 3_000
KILLS = 8


def test_a_client_that_retries_is_counted_once(product: Product) -> None:
    """Fault 2."""
    chance = random.Random(2)
    product.bus().close()
    now: list[Process] = [product.start("ingest").ready()]
    score = product.start("score")
    feeder = Feeder(lambda: now[0], uses(EVENTS))
    feeder.start()
    for kill in range(1, KILLS + 1):
        feeder.wait_for(EVENTS * kill // (KILLS + 2) + chance.randrange(100))
        now[0].child.kill()
        now[0] = product.start("ingest").ready()
    feeder.finish()
    score.ready()
    eventually(lambda: counted(score) == EVENTS, within=60)


def test_what_was_answered_is_there_after_a_kill(product: Product) -> None:
    """Fault 3."""
    product.bus().close()
    ingest = product.start("ingest").ready()
    receipt = ingest.send(uses(500)).json()
    ingest.child.kill()
    assert receipt["accepted"] == 500
    score = product.start("score").ready()
    eventually(lambda: counted(score) == 500, within=60)
