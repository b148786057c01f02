"""Fault 18: a full replay of the health topic leaves identical state and sends no notice."""

from datetime import timedelta

from tests.support.alerts_rig import Rig
from tests.support.health import NOON, snapshot

HOUR = timedelta(hours=1)
TOPIC = [
    snapshot(score, as_of=NOON + n * HOUR)
    for n, score in enumerate([30.0, 25.0, 70.0, 71.0, None, 45.0, 20.0])
]


def test_replaying_the_topic_changes_nothing_and_tells_nobody(rig: Rig) -> None:
    for one in TOPIC:
        rig.clock.set(one.as_of)
        rig.take(one)
        rig.deliver()
    alerts, deliveries, posts = rig.cases(), rig.deliveries(), rig.slack.posts
    assert [one.notice.kind for one in deliveries] == ["opened", "ended", "reopened"]
    rig.take(*TOPIC)
    for one in TOPIC:
        rig.take(one)
    rig.deliver(hours=1)
    assert (rig.cases(), rig.deliveries(), rig.slack.posts) == (alerts, deliveries, posts)


def test_replaying_an_old_topic_into_an_empty_store_tells_nobody(rig: Rig) -> None:
    rig.clock.set(NOON + timedelta(days=30))
    rig.take(*TOPIC)
    rig.deliver()
    assert [one.state for one in rig.cases()] == ["open"]
    assert rig.deliveries() == []
