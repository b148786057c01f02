"""Fault 19: twenty threshold crossings in a row make at most one open and one end; sixty days of them two messages."""

from datetime import timedelta

from msgspec.structs import replace

from radar_alerts.domain.rules.load import load_rules
from radar_vocabulary.contracts.health import HealthSnapshot
from tests.support.alerts_rig import Rig
from tests.support.health import NOON, renewal, snapshot

DAY = timedelta(days=1)


def crossing(number: int, days: int) -> HealthSnapshot:
    """Return the snapshot of one crossing: at risk and well in turn, by the probability of the model."""
    churn = 0.1 if number % 2 else 0.7
    due = replace(renewal(), probability=1 - churn, source="model", days=100 - days)
    said = snapshot(50.0, as_of=NOON + number * DAY * days / max(number, 1), contract=due)
    return replace(said, churn_threshold=0.35, readings={"active_days_14d": 9.0})


def test_sixty_days_of_flapping_are_two_messages_at_most(rig: Rig) -> None:
    rig.rules = load_rules(None)
    for day in range(60):
        one = crossing(day, day)
        rig.clock.set(one.as_of)
        rig.take(one)
        rig.deliver()
    assert len(rig.slack.messages) <= 2


def test_once_open_it_stays_one_case_through_twenty_crossings(rig: Rig) -> None:
    rig.rules = load_rules(None)
    for day in range(9):
        rig.clock.set(NOON + day * DAY)
        rig.take(replace(crossing(0, day), as_of=rig.clock.now()))
    for day in range(9, 29):
        rig.clock.set(NOON + day * DAY)
        rig.take(replace(crossing(day, day), as_of=rig.clock.now()))
        rig.deliver()
    assert [one.state for one in rig.cases()] == ["open"]
    assert [one.notice.kind for one in rig.deliveries()] == ["opened"]
