"""Fault 19: twenty threshold crossings in a row make at most one open and one resolve per window."""

from datetime import timedelta

from radar_alerts.domain.policy import Policy
from tests.support.alerts_rig import Rig
from tests.support.health import NOON, snapshot

WINDOW = timedelta(hours=24)


def test_twenty_crossings_in_a_day_are_one_open_and_one_resolve(rig: Rig) -> None:
    rig.policy = Policy(hold=timedelta(0), reopen_after=WINDOW)
    for crossing in range(20):
        as_of = NOON + crossing * timedelta(hours=1)
        rig.clock.set(as_of)
        rig.take(snapshot(20.0 if crossing % 2 == 0 else 80.0, as_of=as_of))
        rig.deliver()
    assert [one.notice.kind for one in rig.deliveries()] == ["opened", "resolved"]
    assert len(rig.slack.messages) == 2
