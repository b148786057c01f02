"""Destinations are paced one by one, the most severe first, whoever sends."""

from datetime import timedelta

from radar_alerts.domain.delivery import Delivery, new_delivery
from radar_alerts.domain.notice import Notice
from radar_alerts.domain.routing import Destination
from radar_alerts.repositories import delivery_rows, pacing_rows
from radar_vocabulary.contracts.alerts import Severity
from tests.support.alerts_rig import Rig
from tests.support.health import NOON

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def enqueue(rig: Rig, name: str, target: str = "C1", severity: Severity | None = "normal") -> Delivery:
    notice = Notice(kind="test", headline=name, lead="")
    place = Destination(channel="slack", target=target)
    made = new_delivery(name, (place,), notice, NOON, severity=severity)
    rig.database.run(lambda connection: delivery_rows.enqueue(connection, [made]))
    return made


def claimed(rig: Rig, at=NOON) -> str | None:
    found = rig.database.run(lambda connection: delivery_rows.claim(connection, "slack", at, at + MINUTE))
    return found.key if found else None


def test_the_most_severe_goes_first_and_operators_before_the_normal(rig: Rig) -> None:
    enqueue(rig, "normal", "C1")
    enqueue(rig, "high", "C2", "high")
    enqueue(rig, "operators", "C3", None)
    enqueue(rig, "critical", "C4", "critical")
    assert [claimed(rig) for _ in range(5)] == ["critical", "operators", "high", "normal", None]


def test_while_a_message_is_on_its_way_nobody_else_sends_there(rig: Rig) -> None:
    enqueue(rig, "first", "C1", "high")
    enqueue(rig, "second", "C1")
    enqueue(rig, "elsewhere", "C2")
    assert [claimed(rig) for _ in range(3)] == ["first", "elsewhere", None]


def test_a_destination_is_free_again_after_the_pause(rig: Rig) -> None:
    first = enqueue(rig, "first", severity="high")
    enqueue(rig, "second")
    held = rig.database.run(lambda connection: delivery_rows.claim(connection, "slack", NOON, NOON + MINUTE))
    assert held is not None
    assert held.id == first.id
    rig.database.run(lambda connection: pacing_rows.release(connection, held, NOON + SECOND))
    assert rig.database.run(lambda connection: delivery_rows.next_due(connection, "slack")) == NOON + SECOND
    assert [claimed(rig), claimed(rig, NOON + SECOND)] == [None, "second"]


def test_a_sender_that_has_lost_its_hold_frees_nothing(rig: Rig) -> None:
    enqueue(rig, "first", severity="high")
    enqueue(rig, "second")
    late = rig.database.run(lambda connection: delivery_rows.claim(connection, "slack", NOON, NOON + MINUTE))
    assert late is not None
    assert claimed(rig, NOON + MINUTE) == "second"
    rig.database.run(lambda connection: pacing_rows.release(connection, late, NOON))
    enqueue(rig, "third")
    assert claimed(rig, NOON + MINUTE) is None
