"""What the clock alone does to an episode."""

from dataclasses import replace
from datetime import timedelta

from radar_alerts.domain.decision import Reason
from radar_alerts.domain.episode import Account, Episode
from radar_alerts.domain.manual_changes import acknowledge, snooze
from radar_alerts.domain.policy import Policy
from radar_alerts.domain.state_machine import on_snapshot
from radar_alerts.domain.timeouts import on_timeout
from tests.support.health import NOON, snapshot

HOUR = timedelta(hours=1)
POLICY = Policy(escalate_after=8 * HOUR)


def open_episode() -> Episode:
    news = on_snapshot(snapshot(30.0), Account(last_as_of=None, episodes={}), POLICY, NOON)
    assert news[-1].episode is not None
    return news[-1].episode


def test_an_unanswered_alert_goes_one_step_up_and_no_further() -> None:
    episode = open_episode()
    assert on_timeout(episode, POLICY, NOON + 7.9 * HOUR).reason is Reason.NOT_DUE
    up = on_timeout(episode, POLICY, NOON + 8 * HOUR)
    assert (up.reason, up.change, up.notice) == (Reason.UNANSWERED, "escalated", "escalated")
    assert up.episode is not None
    assert on_timeout(up.episode, POLICY, NOON + 80 * HOUR).reason is Reason.NOT_DUE


def test_an_alert_nobody_was_told_of_does_not_escalate() -> None:
    silent = replace(open_episode(), announced_at=None)
    assert on_timeout(silent, POLICY, NOON + 80 * HOUR).reason is Reason.NOT_DUE


def test_an_acknowledged_alert_does_not_escalate() -> None:
    taken = acknowledge(open_episode(), "anna", NOON).episode
    assert taken is not None
    assert on_timeout(taken, POLICY, NOON + 80 * HOUR).reason is Reason.NOT_DUE


def test_a_snoozed_alert_wakes_when_its_time_has_come_and_it_is_still_at_risk() -> None:
    asleep = snooze(open_episode(), NOON + 3 * HOUR, POLICY, NOON).episode
    assert asleep is not None
    assert on_timeout(asleep, POLICY, NOON + 2.9 * HOUR).reason is Reason.SNOOZED
    woken = on_timeout(asleep, POLICY, NOON + 3 * HOUR)
    assert (woken.reason, woken.change, woken.notice) == (Reason.SNOOZE_OVER, "woken", "woken")
    assert woken.episode is not None
    assert woken.episode.state == "open"


def test_a_snoozed_alert_of_an_account_that_is_better_does_not_wake() -> None:
    asleep = snooze(open_episode(), NOON + 3 * HOUR, POLICY, NOON).episode
    assert asleep is not None
    better = replace(asleep, snapshot=snapshot(70.0))
    assert on_timeout(better, POLICY, NOON + 9 * HOUR).change is None
