"""Fault 14: the broker is reset, frozen or gone: bounded waiting and memory, 503 with Retry-After, then on as before."""

import time
from pathlib import Path

import psutil
import pytest

from tests.support.feeding import Feeder
from tests.support.kafka import KafkaBroker
from tests.support.product import Process, Product, counted, uses
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.kafka, pytest.mark.timeout(240)]


@pytest.fixture
def apart(kafka_broker: KafkaBroker, tmp_path: Path):
    product = Product(tmp_path, f"{kafka_broker.url}?session_timeout=2", None)
    product.bus().close()
    yield product
    product.close()


def refused(ingest: Process) -> bool:
    """Whether an event is refused in the way clients understand."""
    began = time.monotonic()
    answer = ingest.send(uses(1))
    assert time.monotonic() - began < 12, "the SDKs give up at 15 s"
    if answer.status_code == 200:
        return False
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.json()["code"] in {"log_unavailable", "log_overloaded"}
    return True


@pytest.mark.parametrize("fault", ["black hole", "killed"])
def test_without_a_broker_events_are_refused_and_later_taken(
    apart: Product, kafka_broker: KafkaBroker, fault: str
) -> None:
    ingest, score = apart.start("ingest").ready(), apart.start("score").ready()
    first = uses(50)
    assert ingest.send(first).status_code == 200
    kafka_broker.sigstop() if fault == "black hole" else kafka_broker.kill()
    eventually(lambda: refused(ingest), within=60)
    eventually(lambda: ingest.client.get("/readyz").status_code == 503, within=30)
    kafka_broker.sigcont() if fault == "black hole" else kafka_broker.start()
    more = uses(50)
    eventually(lambda: ingest.send(more).status_code == 200, within=60)
    eventually(lambda: counted(score) >= 100, within=60)


def test_memory_is_bounded_while_the_broker_is_a_black_hole(
    apart: Product, kafka_broker: KafkaBroker
) -> None:
    ingest = apart.start("ingest").ready()
    assert ingest.send(uses(1)).status_code == 200
    padding = "x" * 20_000
    events = [{**event, "data": {"feature": "report", "padding": padding}} for event in uses(4_000)]
    kafka_broker.sigstop()
    feeders = [Feeder(lambda: ingest, events[at::4], batch=40) for at in range(4)]
    for feeder in feeders:
        feeder.start()
    before = psutil.Process(ingest.child.pid).memory_info().rss
    eventually(lambda: sum(len(feeder.answers) for feeder in feeders) >= 12, within=120)
    assert {status for feeder in feeders for status in feeder.answers} == {503}
    grown = psutil.Process(ingest.child.pid).memory_info().rss - before
    assert grown < 250_000_000, f"grew by {grown / 1e6:.0f} MB"
    kafka_broker.sigcont()
    for feeder in feeders:
        feeder.finish(within=120)
