"""Fault 17: a late or older score is ignored by alerts and never reopens, also after a kill."""

from datetime import datetime, timedelta

import pytest

from radar_chassis.bus.port import Bus
from radar_vocabulary.contracts.health import HealthSnapshot
from tests.support.alerts import now, publish
from tests.support.health import renewal, snapshot
from tests.support.product import Process, Product
from tests.support.wait import eventually

pytestmark = pytest.mark.faults
HOUR = timedelta(hours=1)


def test_a_late_score_never_reopens(product: Product) -> None:
    bus = product.bus()
    alerts = product.start("alerts").ready()
    start = now() - 5 * HOUR
    publish(bus, [snapshot(30.0, as_of=start)])
    eventually(lambda: alerts.get("/v1/deliveries", state="sent")["items"], within=40)
    publish(bus, [snapshot(80.0, as_of=start + 2 * HOUR)])
    whole = eventually(lambda: resolved(alerts), within=40)
    late = [snapshot(10.0, as_of=start + n * HOUR) for n in (2, 1, 0)]
    pass_by(bus, alerts, late, "m1", start + 3 * HOUR)
    assert resolved(alerts) == whole

    alerts.child.kill()
    alerts = product.start("alerts").ready()
    pass_by(bus, alerts, [*late, *late], "m2", start + 4 * HOUR)
    assert resolved(alerts) == whole
    bus.close()


def resolved(alerts: Process) -> dict[str, object] | None:
    """Return the whole alert on c1 once it is resolved and everybody was told."""
    for one in alerts.get("/v1/alerts", state="resolved", limit=200)["items"]:
        whole: dict[str, object] = alerts.get(f"/v1/alerts/{one['alert_id']}")
        deliveries = whole["deliveries"]
        assert isinstance(deliveries, list)
        if one["contract_id"] == "c1" and [message["state"] for message in deliveries] == ["sent"] * 2:
            return whole
    return None


def pass_by(bus: Bus, alerts: Process, late: list[HealthSnapshot], mark: str, at: datetime) -> None:
    """Publish ``late`` and a newer snapshot of the same account behind it; wait until that one has had its effect."""
    publish(bus, [*late, snapshot(30.0, as_of=at, contract=renewal(mark))])
    eventually(
        lambda: mark in {one["contract_id"] for one in alerts.get("/v1/alerts", limit=200)["items"]},
        within=40,
    )
