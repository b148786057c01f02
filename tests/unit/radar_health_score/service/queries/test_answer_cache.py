"""Scans aren't repeated while their answer is fresh."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

import pytest

from radar_chassis.clock import ManualClock
from radar_chassis.errors import Unavailable
from radar_health_score.service.queries.answer_cache import AnswerCache
from tests.support.health_state import NOON


class Scan:
    """A scan that takes its time and says how often it was made."""

    def __init__(self, clock: ManualClock, seconds: float = 0) -> None:
        self.clock = clock
        self.seconds = seconds
        self.made = 0

    def __call__(self) -> int:
        self.clock.advance(timedelta(seconds=self.seconds))
        self.made += 1
        return self.made


def answers(clock: ManualClock, scan: Scan, *waits: float) -> list[int]:
    kept = AnswerCache[int](clock, most=2)
    found = [kept.get("a", scan)]
    for wait in waits:
        clock.advance(timedelta(seconds=wait))
        found.append(kept.get("a", scan))
    return found


def test_a_quick_scan_is_good_for_half_a_minute() -> None:
    clock = ManualClock(NOON)
    assert answers(clock, Scan(clock), 29, 2) == [1, 1, 2]


def test_a_slow_scan_is_good_for_ten_times_as_long_as_it_took() -> None:
    clock = ManualClock(NOON)
    assert answers(clock, Scan(clock, 8), 79, 2) == [1, 1, 2]


def test_only_the_latest_questions_are_remembered() -> None:
    clock = ManualClock(NOON)
    scan, kept = Scan(clock), AnswerCache[int](clock, most=2)
    assert [kept.get(key, scan) for key in ("a", "b", "c", "c", "a")] == [1, 2, 3, 3, 4]


@contextmanager
def scanning(kept: AnswerCache[int], key: str) -> Iterator[None]:
    """Have a scan for ``key`` go on meanwhile."""
    begun, end = Event(), Event()

    def scan() -> int:
        begun.set()
        assert end.wait(10)
        return 7

    thread = Thread(target=kept.get, args=(key, scan))
    thread.start()
    assert begun.wait(10)
    yield
    end.set()
    thread.join(10)


def test_while_a_scan_goes_on_the_answer_before_it_is_given() -> None:
    clock = ManualClock(NOON)
    kept, scan = AnswerCache[int](clock, most=2), Scan(clock)
    kept.get("a", scan)
    clock.advance(timedelta(seconds=31))
    with scanning(kept, "a"):
        assert kept.get("a", scan) == 1
    assert kept.get("a", scan) == 7


def test_who_would_wait_too_long_for_another_scan_is_told_to_come_again() -> None:
    clock = ManualClock(NOON)
    kept = AnswerCache[int](clock, most=2, wait=0.01)
    with scanning(kept, "a"), pytest.raises(Unavailable):
        kept.get("b", Scan(clock))
