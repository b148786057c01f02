"""What a person may do to an episode."""

from datetime import timedelta

import pytest

from radar_alerts.domain.decision import Reason
from radar_alerts.domain.episode import Account, Episode
from radar_alerts.domain.manual_changes import acknowledge, resolve, snooze
from radar_alerts.domain.policy import Policy
from radar_alerts.domain.state_machine import on_snapshot
from radar_chassis.errors import Conflict, InvalidRequest
from tests.support.health import NOON, snapshot

POLICY = Policy()


@pytest.fixture
def episode() -> Episode:
    opened = on_snapshot(snapshot(30.0), Account(last_as_of=None, episodes={}), POLICY, NOON)[-1].episode
    assert opened is not None
    return opened


def test_acknowledging_says_who_and_saying_so_again_changes_nothing(episode: Episode) -> None:
    taken = acknowledge(episode, "anna", NOON).episode
    assert taken is not None
    assert (taken.state, taken.acknowledged_by, taken.sequence) == ("acknowledged", "anna", 2)
    again = acknowledge(taken, "ben", NOON)
    assert (again.reason, again.episode, again.change) == (Reason.ALREADY_SO, None, None)


def test_a_snooze_needs_a_moment_in_the_future_and_not_too_far(episode: Episode) -> None:
    with pytest.raises(InvalidRequest, match="in the past"):
        snooze(episode, NOON, POLICY, NOON)
    with pytest.raises(InvalidRequest, match="at most 366 days"):
        snooze(episode, NOON + timedelta(days=367), POLICY, NOON)


def test_acknowledging_ends_a_snooze(episode: Episode) -> None:
    asleep = snooze(episode, NOON + timedelta(days=1), POLICY, NOON).episode
    assert asleep is not None
    taken = acknowledge(asleep, "anna", NOON).episode
    assert taken is not None
    assert (taken.state, taken.snoozed_until) == ("acknowledged", None)


def test_a_resolved_alert_takes_no_more_orders(episode: Episode) -> None:
    done = resolve(episode, "renewed", "anna", NOON).episode
    assert done is not None
    assert (done.state, done.outcome, done.resolved_by) == ("resolved", "renewed", "anna")
    for act in (
        lambda: acknowledge(done, "anna", NOON),
        lambda: snooze(done, NOON + timedelta(days=1), POLICY, NOON),
        lambda: resolve(done, "churned", "anna", NOON),
    ):
        with pytest.raises(Conflict, match="already resolved"):
            act()
