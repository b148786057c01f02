"""A living company: events go out when their moment has come, each once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from radar.simulator.company import Company
from radar.simulator.live import live
from radar.simulator.native import NativeEvent
from radar_chassis.clock import ManualClock


class Enough(Exception):  # noqa: N818 - ends the loop
    """The test has seen enough."""


def test_events_go_out_once_and_never_before_their_time() -> None:
    company = Company(accounts=5, anchor=date(2026, 11, 20))
    start = datetime(2026, 11, 23, 9, tzinfo=UTC)
    clock = ManualClock(start)
    sent: list[NativeEvent] = []

    def wait(_seconds: float) -> None:
        if clock.advance(timedelta(minutes=30)) > start + timedelta(hours=6):
            raise Enough

    def send(events: list[NativeEvent]) -> None:
        assert all(event.occurred_at < clock.now() for event in events)
        sent.extend(events)

    with pytest.raises(Enough):
        live(company, start, send, now=clock.now, wait=wait)
    assert [event.id for event in sent] == [
        event.id for event in company.between(start, start + timedelta(hours=6))
    ]
    assert sent
