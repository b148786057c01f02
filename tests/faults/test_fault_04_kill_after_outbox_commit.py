"""Fault 4: kill -9 after the outbox commit: the relay sends again, and readers drop what they have seen."""

import random

import pytest

from radar_alerts.main import NAME
from radar_chassis.bus.port import Bus
from radar_vocabulary.contracts.alerts import AlertRecord, decode_alert
from radar_vocabulary.contracts.topics import ALERTS, HEALTH
from tests.support.alerts import now, publish
from tests.support.health import snapshot
from tests.support.product import Process, Product
from tests.support.reading import read_all
from tests.support.records import offsets_of
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]
ROUNDS = 6
ACCOUNTS = 40


def test_every_step_reaches_the_topic_and_repeats_say_the_same(product: Product) -> None:
    chance = random.Random(4)
    bus = product.bus()
    # A notice that a killed sender held is taken up again once its lease is over.
    product.more |= {
        "RADAR_BATCH_RECORDS": "5",
        "RADAR_ALERTS__LEASE_SECONDS": "2",
        "RADAR_ALERTS__RECONCILE_SECONDS": "0",
    }
    alerts = product.start("alerts").ready()
    with offsets_of(product, NAME) as offsets:
        for turn in range(ROUNDS):
            publish(bus, [snapshot(20.0, as_of=now(), account_id=f"a{turn}-{n}") for n in range(ACCOUNTS)])
            reached = turn * ACCOUNTS + chance.randrange(ACCOUNTS)
            eventually(lambda reached=reached: offsets.consumed(HEALTH) >= reached, within=40, every=0.0005)
            alerts.child.kill()
            alerts = product.start("alerts")
        alerts.ready()
        eventually(lambda: offsets.consumed(HEALTH) == ROUNDS * ACCOUNTS, within=60)
    expected = {f"a{turn}-{n}" for turn in range(ROUNDS) for n in range(ACCOUNTS)}
    eventually(lambda: {step.account_id for step in steps(bus)} == expected, within=40)
    seen = steps(bus)
    distinct = {(step.alert_id, step.sequence): step for step in seen}
    assert all(step == distinct[step.alert_id, step.sequence] for step in seen)
    assert [step.change for step in distinct.values()] == ["opened"] * len(expected)
    eventually(lambda: told(alerts) == len(expected), within=40)
    bus.close()


def steps(bus: Bus) -> list[AlertRecord]:
    """Everything on the alerts topic, repeats included."""
    return [decode_alert(record.value or b"") for record in read_all(bus, ALERTS)]


def told(alerts: Process) -> int:
    """How many notices were handed over; one for each alert, however often the process died."""
    cursor, found = None, []
    while True:
        page = alerts.get("/v1/deliveries", state="sent", limit=200, **({"cursor": cursor} if cursor else {}))
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len({message["alert_id"] for message in found}) == len(found), "an alert was told twice"
    return len(found)
