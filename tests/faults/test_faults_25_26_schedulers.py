"""Faults 25 and 26: nobody acknowledges, schedulers die and run side by side; exactly one step up, one notice."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from radar_alerts.domain.policy import Policy
from radar_alerts.repositories import episode_rows
from radar_alerts.service import apply_timeouts
from radar_alerts.service.apply_timeouts import ApplyTimeouts
from tests.support.alerts_rig import Rig
from tests.support.health import snapshot


class Killed(BaseException):
    """What a kill looks like from inside: nothing after it runs."""


def test_25_a_scheduler_that_dies_in_the_middle_leaves_one_step_to_the_next(rig: Rig) -> None:
    rig.policy = Policy(escalate_after=timedelta(hours=8))
    rig.take(snapshot(30.0))
    rig.clock.advance(timedelta(hours=8))
    dying = rig.apply_timeouts()
    episode = rig.alerts()[0]
    with pytest.raises(Killed):
        rig.database.run(lambda connection: _die_after(dying, connection, episode.alert_id))
    assert [one.escalated_at for one in rig.alerts()] == [None]
    for _ in range(3):
        rig.apply_timeouts()()
        rig.clock.advance(timedelta(hours=8))
    assert [one.notice.kind for one in rig.deliveries()] == ["opened", "escalated"]
    rig.deliver()
    assert rig.ends("escalated") == [("slack", "C0KEY", "sent")]


def _die_after(scheduler: ApplyTimeouts, connection: Connection, alert_id: str) -> None:
    scheduler._one(connection, alert_id=alert_id)
    raise Killed


def test_what_cannot_be_moved_on_yet_does_not_stand_in_the_way_of_an_unanswered_alert(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apply_timeouts, "PAGE_SIZE", 3)
    rig.policy = Policy(escalate_after=timedelta(hours=8))
    rig.take(*(snapshot(30.0, account_id=f"a{n}") for n in range(12)))
    *others, last = sorted(rig.alerts(), key=lambda one: one.alert_id)
    over = rig.clock.now() + timedelta(hours=1)
    better = [
        replace(one, state="snoozed", snoozed_until=over, snapshot=snapshot(49.0, account_id=one.account_id))
        for one in others
    ]
    rig.database.run(lambda connection: episode_rows.write(connection, better))
    rig.clock.advance(timedelta(hours=8))
    rig.apply_timeouts()()
    assert [one.alert_id for one in rig.alerts() if one.escalated_at] == [last.alert_id]
    assert len(rig.deliveries("escalated")) == 1


def test_26_two_schedulers_make_one_notice(rig: Rig) -> None:
    rig.policy = Policy(escalate_after=timedelta(hours=8))
    rig.take(*(snapshot(30.0, account_id=f"a{n}") for n in range(20)))
    rig.clock.advance(timedelta(hours=8))
    together(rig.apply_timeouts(), rig.apply_timeouts(), rig.apply_timeouts())
    assert [one.sequence for one in rig.alerts()] == [2] * 20
    assert len(rig.deliveries("escalated")) == 20


def test_26_two_dispatchers_send_each_message_once(rig: Rig) -> None:
    rig.take(*(snapshot(30.0, account_id=f"a{n}") for n in range(20)))
    together(rig.dispatch("slack"), rig.dispatch("slack"), rig.dispatch("slack"))
    assert len(rig.slack.messages) == 20
    assert {one.state for one in rig.deliveries()} == {"sent"}


def together(*works) -> None:
    """Run works at the same time, in threads of their own."""
    start = threading.Barrier(len(works))
    errors: list[BaseException] = []

    def run(work) -> None:
        start.wait()
        try:
            work()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
