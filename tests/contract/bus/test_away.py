"""While the log is away or slow, callers get an answer in time and memory stays bounded; then it goes on by itself."""

from contextlib import suppress
from time import monotonic

import pytest

from radar_chassis.bus.port import BusOverloaded, BusUnavailable, Outgoing
from tests.contract.bus.driver import Bench
from tests.support.wait import eventually

_DEADLINE = 2.0


def _one(topic: str, size: int = 1) -> list[Outgoing]:
    return [Outgoing(topic=topic, key=b"k", value=bytes(size))]


@pytest.mark.faults
def test_a_publish_fails_in_time_while_the_log_is_away_and_succeeds_afterwards(mortal: Bench) -> None:
    topic = mortal.topic()
    producer = mortal.producer(deadline=_DEADLINE)
    producer.publish(_one(topic)).result(20)
    with mortal.driver.away():
        began = monotonic()
        with pytest.raises(BusUnavailable) as caught:
            producer.publish(_one(topic)).result(_DEADLINE * 3)
        assert monotonic() - began < _DEADLINE * 2
        assert caught.value.retry_after is not None

    def taken() -> bool:
        try:
            return len(producer.publish(_one(topic)).result(20)) == 1
        except BusUnavailable:
            return False

    eventually(taken, within=30, what="the log takes records again")


@pytest.mark.faults
def test_a_stalled_log_bounds_what_is_under_way_and_then_takes_more(mortal: Bench) -> None:
    topic = mortal.topic()
    limit, size = 100_000, 1_000
    producer = mortal.producer(deadline=_DEADLINE, max_in_flight_bytes=limit)
    producer.publish(_one(topic)).result(20)
    with mortal.driver.stalled():
        answers = []
        with pytest.raises(BusOverloaded) as caught:
            while len(answers) * size <= limit:
                answers.append(producer.publish(_one(topic, size)))
        assert caught.value.retry_after is not None
        for answer in answers:
            with pytest.raises(BusUnavailable):
                answer.result(_DEADLINE * 2)

    def taken() -> bool:
        try:
            return len(producer.publish(_one(topic, size)).result(20)) == 1
        except (BusOverloaded, BusUnavailable):
            return False

    eventually(taken, within=30, what="there is room again")


@pytest.mark.faults
def test_readiness_follows_the_log(mortal: Bench) -> None:
    mortal.topic()
    bus = mortal.bus()
    bus.ping()
    with mortal.driver.away(), pytest.raises(BusUnavailable):
        bus.ping()

    def ready() -> bool:
        try:
            bus.ping()
        except BusUnavailable:
            return False
        return True

    eventually(ready, within=30, what="ready again")


@pytest.mark.faults
def test_a_reader_goes_on_by_itself_when_the_log_is_back(mortal: Bench) -> None:
    topic = mortal.topic()
    mortal.producer().publish(_one(topic)).result(20)
    reader = mortal.reader(topic)
    reader.read(1)
    with mortal.driver.away():
        for _ in range(3):
            # Which of the two depends on whether the driver learns of it at once.
            with suppress(BusUnavailable):
                assert reader.poll(timeout=0.2) == []
    producer = mortal.producer()

    def published() -> bool:
        try:
            return len(producer.publish(_one(topic)).result(20)) == 1
        except BusUnavailable:
            return False

    eventually(published, within=30)
    assert len(reader.read(1, within=30)) == 1


def test_closing_a_producer_waits_for_what_is_under_way(mortal: Bench) -> None:
    topic = mortal.topic()
    producer = mortal.producer()
    answers = [producer.publish(_one(topic, 100)) for _ in range(200)]
    producer.close(timeout=10)
    assert all(len(answer.result(0)) == 1 for answer in answers)
