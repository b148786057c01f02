"""Faults 25 and 26: nobody acknowledges, schedulers die and run side by side; exactly one step up, one notice."""

import threading
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection

from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.repositories import case_rows
from radar_alerts.repositories.case_rows import CaseWithSnapshot
from radar_alerts.service import apply_timeouts
from radar_alerts.service.apply_timeouts import ApplyTimeouts
from tests.support.alerts_rig import Rig
from tests.support.health import snapshot


class Killed(BaseException):
    """What a kill looks like from inside: nothing after it runs."""


def test_25_a_scheduler_that_dies_in_the_middle_leaves_one_step_to_the_next(rig: Rig) -> None:
    rig.policy = CasePolicy(escalate_after=timedelta(hours=8))
    rig.take(snapshot(30.0))
    rig.announce()
    rig.clock.advance(timedelta(hours=8))
    dying = rig.apply_timeouts()
    case = rig.cases()[0]
    with pytest.raises(Killed):
        rig.database.run(lambda connection: _die_after(dying, connection, case.case_id))
    assert [one.escalated_at for one in rig.cases()] == [None]
    for _ in range(3):
        rig.apply_timeouts()()
        rig.clock.advance(timedelta(hours=8))
    rig.deliver()
    assert [one.notice.kind for one in rig.deliveries()] == ["opened", "escalated"]
    assert rig.ends("escalated") == [("slack", "C0KEY", "sent")]


def _die_after(scheduler: ApplyTimeouts, connection: Connection, case_id: str) -> None:
    scheduler._one(connection, case_id=case_id)
    raise Killed


def test_what_cannot_be_moved_on_yet_does_not_stand_in_the_way_of_an_unanswered_alert(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apply_timeouts, "PAGE_SIZE", 3)
    rig.policy = CasePolicy(escalate_after=timedelta(hours=8))
    rig.take(*(snapshot(30.0, account_id=f"a{n}") for n in range(12)))
    rig.announce()
    *others, last = sorted(rig.cases(), key=lambda one: one.case_id)
    over = rig.clock.now() + timedelta(hours=1)
    busy = [
        CaseWithSnapshot(
            case=replace(one, state="snoozed", snoozed_until=over + timedelta(days=1)),
            snapshot=snapshot(30.0, account_id=one.account_id),
        )
        for one in others
    ]
    rig.database.run(lambda connection: case_rows.write(connection, busy, rig.policy))
    rig.clock.advance(timedelta(hours=8))
    rig.apply_timeouts()()
    assert [one.case_id for one in rig.cases() if one.escalated_at] == [last.case_id]
    rig.announce()
    assert len(rig.deliveries("escalated")) == 1


def test_26_two_schedulers_make_one_notice(rig: Rig) -> None:
    rig.policy = CasePolicy(escalate_after=timedelta(hours=8))
    rig.take(*(snapshot(30.0, account_id=f"a{n}") for n in range(20)))
    rig.announce()
    rig.clock.advance(timedelta(hours=8))
    together(rig.apply_timeouts(), rig.apply_timeouts(), rig.apply_timeouts())
    assert [one.sequence for one in rig.cases()] == [2] * 20
    together(rig.announce, rig.announce, rig.announce)
    assert len(rig.deliveries("escalated")) == 20


def test_26_two_dispatchers_send_each_message_once(rig: Rig) -> None:
    rig.take(*(snapshot(30.0, account_id=f"a{n}") for n in range(20)))
    rig.announce()
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
