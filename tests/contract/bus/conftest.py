"""Every test of this folder runs on each driver."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.bus.driver import Bench, Embedded, Kafka

_DRIVERS = ["embedded", pytest.param("kafka", marks=pytest.mark.kafka)]


@pytest.fixture(params=_DRIVERS)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """A log shared with other tests where starting one is dear."""
    if request.param == "embedded":
        made = Bench(Embedded(tmp_path))
    else:
        made = Bench(Kafka(request.getfixturevalue("kafka_bootstrap")))
    yield made
    made.close()


@pytest.fixture(params=_DRIVERS)
def mortal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """A log of the test's own, which it may stall and take away."""
    if request.param == "embedded":
        made = Bench(Embedded(tmp_path))
    else:
        broker = request.getfixturevalue("kafka_broker")
        made = Bench(Kafka(broker.bootstrap, broker))
    yield made
    made.close()
