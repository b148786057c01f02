"""Fault 27: quiet hours that end where a clock change leaves out their end, or brings it twice, release once."""

from datetime import UTC, datetime

import pytest

from tests.support.alerts_rig import Rig
from tests.support.health import snapshot
from tests.support.routing import with_tree

NIGHT = """
    receivers:
      owner: {time_zone: Europe/Berlin, quiet_hours: {from: "22:00", to: "02:30"}}
    fallback: [owner]
"""
CLOCK_CHANGES = {
    "the clock leaves 02:30 out": ((2026, 3, 28, 21), (2026, 3, 29, 1)),
    "the clock shows 02:30 twice": ((2026, 10, 24, 21), (2026, 10, 25, 0, 30)),
    "an ordinary night": ((2026, 11, 20, 22), (2026, 11, 21, 1, 30)),
}


@pytest.mark.parametrize("change", CLOCK_CHANGES)
def test_what_came_up_in_the_night_is_told_once_when_quiet_hours_end(rig: Rig, change: str) -> None:
    came_up, ends = (datetime(*parts, tzinfo=UTC) for parts in CLOCK_CHANGES[change])
    rig.tree = with_tree(NIGHT, rig.channels)
    rig.clock.set(came_up)
    rig.take(snapshot(30.0, as_of=came_up))
    for _ in range(12 * 12):  # each pass is one of a new process
        rig.deliver(minutes=5)
    assert len(rig.slack.messages) == 1
    (told,) = rig.deliveries("opened")
    assert told.created_at == ends


def test_what_is_over_by_then_is_not_told(rig: Rig) -> None:
    came_up = datetime(2026, 3, 28, 21, tzinfo=UTC)
    rig.tree = with_tree(NIGHT, rig.channels)
    rig.clock.set(came_up)
    rig.take(snapshot(30.0, as_of=came_up))
    rig.deliver(minutes=30)
    rig.take(snapshot(70.0, as_of=rig.clock.now()))
    for _ in range(12 * 12):
        rig.deliver(minutes=5)
    assert rig.slack.messages == []
