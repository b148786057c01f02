"""A join that ended while nobody polled is taken up once, as long as it still holds."""

from collections.abc import Coroutine

import pytest

from radar_chassis.bus.kafka.joining import KeptJoin


class Coordinator:
    """As much of the library's as a join needs: in a rebalance until an assignment is taken up."""

    def __init__(self) -> None:
        self.joins = 0
        self.refused = False
        self.rebalancing = False
        self._generation = object()

    def rebalance_in_progress(self) -> bool:
        return self.rebalancing

    async def join(self) -> bytes:
        self.joins += 1
        self.rebalancing = True
        if self.refused:
            raise ConnectionError
        return b"assignment %d" % self.joins

    def taken_up(self) -> None:
        self.rebalancing = False

    def thrown_out(self) -> None:
        self._generation = object()


def ended(attempt: Coroutine[None, None, bytes]) -> bytes:
    """Run a coroutine that waits for nothing."""
    try:
        attempt.send(None)
    except StopIteration as end:
        return bytes(end.value)
    raise AssertionError("it waits")


@pytest.fixture
def coordinator() -> Coordinator:
    return Coordinator()


def kept(coordinator: Coordinator, within: float = 60.0) -> KeptJoin:
    return KeptJoin(coordinator, coordinator.join, within)


def test_what_nobody_took_up_is_given_again(coordinator: Coordinator) -> None:
    joining = kept(coordinator)
    assert [ended(joining.attempt()) for _ in range(3)] == [b"assignment 1"] * 3


def test_after_it_was_taken_up_a_join_is_another(coordinator: Coordinator) -> None:
    joining = kept(coordinator)
    ended(joining.attempt())
    coordinator.taken_up()
    assert ended(joining.attempt()) == b"assignment 2"


def test_who_was_thrown_out_of_the_group_joins_anew(coordinator: Coordinator) -> None:
    joining = kept(coordinator)
    ended(joining.attempt())
    coordinator.thrown_out()
    assert ended(joining.attempt()) == b"assignment 2"


def test_what_is_too_old_may_belong_to_others(coordinator: Coordinator) -> None:
    joining = kept(coordinator, within=0.0)
    ended(joining.attempt())
    assert ended(joining.attempt()) == b"assignment 2"


def test_a_join_that_failed_leaves_nothing(coordinator: Coordinator) -> None:
    joining = kept(coordinator)
    coordinator.refused = True
    with pytest.raises(ConnectionError):
        ended(joining.attempt())
    coordinator.refused = False
    assert ended(joining.attempt()) == b"assignment 2"
