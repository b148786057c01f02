"""What became of notices is forgotten once their case ended long ago; cases and their timelines stay."""

from datetime import timedelta

import pytest

from radar_alerts.service.delete_old_deliveries import DeleteOldDeliveries
from tests.support.alerts_rig import Rig
from tests.support.health import NOON, snapshot

pytestmark = [pytest.mark.timeout(120)]


def forget(rig: Rig) -> None:
    DeleteOldDeliveries(database=rig.database, clock=rig.clock, age=timedelta(days=30))()


def test_deliveries_of_a_case_go_a_while_after_it_ended(rig: Rig) -> None:
    rig.take(snapshot(20.0, as_of=NOON))
    rig.deliver()
    told = len(rig.deliveries())
    assert told > 0
    rig.clock.advance(timedelta(days=60))
    forget(rig)
    assert len(rig.deliveries()) == told  # it is open still

    rig.take(snapshot(90.0, as_of=rig.clock.now()))
    rig.deliver()
    assert [one.state for one in rig.cases()] == ["recovered"]
    forget(rig)
    assert len(rig.deliveries()) > 0

    rig.clock.advance(timedelta(days=31))
    forget(rig)
    assert rig.deliveries() == []
    assert len(rig.cases()) == 1
