"""A publish is answered when the last of its records is, in whatever order that happens."""

from dataclasses import dataclass

import pytest

from radar_chassis.bus.in_flight import Pending
from radar_chassis.bus.port import Partition, Position

kafka_future = pytest.importorskip("kafka.future")
delivery = pytest.importorskip("radar_chassis.bus.kafka.delivery")


@dataclass
class _Receipt:
    topic: str
    partition: int
    offset: int


class _Outcome:
    def __init__(self) -> None:
        self.answers: list[BaseException | None] = []

    def __call__(self, _: object, failed: BaseException | None) -> None:
        self.answers.append(failed)


def _under_way(count: int) -> tuple[list, _Outcome, "delivery.Delivery"]:
    futures = [kafka_future.Future() for _ in range(count)]
    outcome = _Outcome()
    made = delivery.Delivery(Pending([], 0, 0), futures, outcome)
    made.follow()
    return futures, outcome, made


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (0, 2, 1)])
def test_it_ends_once_with_the_last_record(order: tuple[int, ...]) -> None:
    futures, outcome, made = _under_way(3)
    for place in order[:-1]:
        futures[place].success(_Receipt("t", 1, place))
        assert not outcome.answers
    futures[order[-1]].success(_Receipt("t", 1, order[-1]))
    assert outcome.answers == [None]
    assert list(made.acknowledged()) == [Position(Partition("t", 1), offset) for offset in range(3)]


def test_one_failed_record_fails_the_publish_but_only_after_the_others_ended() -> None:
    futures, outcome, _ = _under_way(3)
    trouble = RuntimeError("no")
    futures[1].failure(trouble)
    futures[2].success(_Receipt("t", 0, 0))
    assert not outcome.answers
    futures[0].success(_Receipt("t", 0, 0))
    assert outcome.answers == [trouble]


def test_a_publish_of_nothing_ends_at_once() -> None:
    assert _under_way(0)[1].answers == [None]
