"""What is under way is bounded, and every caller gets exactly one answer in time."""

import weakref
from time import monotonic

import pytest

from radar_chassis.bus.in_flight import Deadlines, InFlightBytes, Pending, size_of, unavailable
from radar_chassis.bus.port import BusOverloaded, BusUnavailable, Outgoing


def _pending(deadline: float) -> Pending:
    return Pending([], 0, deadline)


def test_room_is_refused_when_full_and_there_again_when_given_back() -> None:
    room = InFlightBytes(100)
    room.reserve(80)
    with pytest.raises(BusOverloaded):
        room.reserve(21)
    room.release(80)
    room.reserve(100)
    assert room.used == 100


def test_a_record_counts_with_everything_it_carries() -> None:
    plain = Outgoing(topic="t", key=b"k", value=b"v")
    heavy = Outgoing(topic="t", key=b"k", value=b"v", headers=(("name", bytes(1000)),))
    assert size_of([heavy]) - size_of([plain]) == 1004
    assert size_of([Outgoing(topic="t", key=b"k", value=None)]) > 0


def test_the_first_answer_counts() -> None:
    pending = _pending(0)
    pending.fail(unavailable("too late"))
    pending.succeed([])
    with pytest.raises(BusUnavailable, match="too late"):
        pending.future.result(0)


def test_a_caller_cannot_take_back_what_is_on_its_way() -> None:
    assert not _pending(0).future.cancel()


def test_what_nobody_answers_fails_at_its_deadline() -> None:
    deadlines = Deadlines("test")
    began = monotonic()
    first, second = _pending(began + 0.05), _pending(began + 0.1)
    deadlines.watch(first)
    deadlines.watch(second)
    for pending in (first, second):
        with pytest.raises(BusUnavailable):
            pending.future.result(5)
        assert monotonic() >= pending.deadline
    deadlines.close()


def test_what_is_answered_is_let_go_long_before_its_deadline() -> None:
    deadlines = Deadlines("test")
    first, second = _pending(monotonic() + 60), _pending(monotonic() + 60)
    gone = weakref.ref(second.future)
    for pending in (first, second):
        deadlines.watch(pending)
        pending.succeed([])
    del pending, second
    deadlines.watch(_pending(monotonic() + 60))
    assert gone() is None
    deadlines.close()


def test_closing_answers_everyone() -> None:
    deadlines = Deadlines("test")
    pending = _pending(monotonic() + 60)
    deadlines.watch(pending)
    deadlines.close()
    with pytest.raises(BusUnavailable, match="closed"):
        pending.future.result(0)
