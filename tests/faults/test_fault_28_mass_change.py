"""Fault 28: 10,000 scores drop together: operators are told once, and nobody else hears of it until they have looked."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.support.alerts import now, publish
from tests.support.health import snapshot
from tests.support.product import Process, Product
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]
ACCOUNTS = 10_000


def test_one_note_to_operators_and_the_rest_is_held(product: Product) -> None:
    bus = product.bus()
    alerts = product.start("alerts", RADAR_ALERTS__MASS_LEAST="3").ready()
    at = now() - timedelta(minutes=5)
    publish(bus, [snapshot(30.0, as_of=at, account_id=f"a{n}") for n in range(ACCOUNTS)])
    bus.close()
    hold = eventually(lambda: held(alerts), within=200, what="all are held")
    assert sent(alerts) == {"operator": 1}
    alerts.child.kill()

    alerts = product.start("alerts", RADAR_ALERTS__MASS_LEAST="3").ready()
    eventually(lambda: alerts.get("/readyz"), within=40)
    assert sent(alerts) == {"operator": 1}
    assert held(alerts) == hold


def held(alerts: Process) -> str | None:
    """Return the only hold once it keeps all but what the limit lets through."""
    holds = alerts.get("/v1/holds")["items"]
    if len(holds) != 1 or sum(one["count"] for one in holds) < ACCOUNTS:
        return None
    waits = [one for one in alerts.get("/v1/deliveries")["items"] if one["kind"] == "operator"]
    found: str = holds[0]["hold_id"]
    return found if waits else None


def sent(alerts: Process) -> Counter[str]:
    return Counter(one["kind"] for one in alerts.get("/v1/deliveries", limit=200)["items"])
