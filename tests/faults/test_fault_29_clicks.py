"""Fault 29: a forged, stale, replayed or doubled click is refused or has no effect, and never an error of ours."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.support.alerts import now, publish
from tests.support.health import snapshot
from tests.support.product import Process, Product
from tests.support.slack import Slack, signed_click
from tests.support.wait import eventually

pytestmark = pytest.mark.faults
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
PATH = "/v1/slack/interactions"


@pytest.fixture
def alerts(product: Product, slack: Slack) -> Iterator[Process]:
    running = product.start(
        "alerts",
        RADAR_ALERTS__SLACK__BOT_TOKEN="xoxb",
        RADAR_ALERTS__SLACK__API_URL=slack.api,
        RADAR_ALERTS__SLACK__SIGNING_SECRET=SECRET,
    ).ready()
    bus = product.bus()
    publish(bus, [snapshot(30.0, as_of=now())])
    bus.close()
    eventually(lambda: slack.messages, within=30)
    return running


def click(alerts: Process, slack: Slack, **given: Any) -> int:
    """Send a click on the message's button as Slack would, and return the status of the answer."""
    buttons = slack.messages[0]["blocks"][-1]["elements"]
    value = next(one["value"] for one in buttons if one.get("action_id") == "acknowledge")
    headers, body = signed_click(slack, value, **{"secret": SECRET, "at": now(), **given})
    return httpx2.post(
        f"{alerts.client.base_url}{PATH}", headers=headers, content=body, timeout=10
    ).status_code


def state(alerts: Process) -> tuple[str, str | None]:
    (alert,) = alerts.get("/v1/alerts")["items"]
    return alert["state"], alert["acknowledged_by"]


def steps(alerts: Process) -> list[str]:
    (alert,) = alerts.get("/v1/alerts")["items"]
    return [one["change"] for one in alerts.get(f"/v1/alerts/{alert['alert_id']}")["timeline"]]


def test_29_a_click_acts_as_the_owner_and_doubled_has_no_further_effect(
    alerts: Process, slack: Slack
) -> None:
    assert click(alerts, slack) == 200
    assert state(alerts) == ("acknowledged", "Anna Sand")
    assert click(alerts, slack, trigger="2") == 200
    assert steps(alerts) == ["opened", "acknowledged"]
    eventually(lambda: slack.replies, within=10)


def test_29_a_forged_or_stale_click_is_refused(alerts: Process, slack: Slack) -> None:
    assert click(alerts, slack, secret="another") == 401
    assert click(alerts, slack, at=now() - timedelta(minutes=6)) == 401
    assert click(alerts, slack, at=now() + timedelta(minutes=6)) == 401
    assert state(alerts) == ("open", None)


def test_29_a_click_played_again_has_no_effect(alerts: Process, slack: Slack) -> None:
    (alert,) = alerts.get("/v1/alerts")["items"]
    headers, body = signed_click(slack, alert["alert_id"], secret=SECRET, at=now(), action="snooze_a_week")
    statuses = [
        httpx2.post(f"{alerts.client.base_url}{PATH}", headers=headers, content=body).status_code
        for _ in "12"
    ]
    assert statuses == [200, 200]
    assert steps(alerts) == ["opened", "snoozed"]


def test_29_a_snooze_clicked_twice_is_one(alerts: Process, slack: Slack) -> None:
    assert {click(alerts, slack, action="snooze_a_week", trigger=one) for one in "123"} == {200}
    assert steps(alerts) == ["opened", "snoozed"]


def test_29_a_stranger_is_told_and_changes_nothing(alerts: Process, slack: Slack) -> None:
    assert click(alerts, slack, user="U0STRANGER") == 200
    (reply,) = eventually(lambda: slack.replies, within=10)
    assert reply["response_type"] == "ephemeral"
    assert "isn't known here" in reply["text"]
    assert state(alerts) == ("open", None)


HOSTILE: list[dict[str, Any]] = [
    {},
    {"X-Slack-Request-Timestamp": "NaN", "X-Slack-Signature": "v0=1"},
    {"X-Slack-Request-Timestamp": "9" * 5000, "X-Slack-Signature": "v0=1"},
    {"X-Slack-Request-Timestamp": "now", "X-Slack-Signature": b"v0=\xff\xfe"},
]


def test_29_hostile_requests_are_refused(alerts: Process) -> None:
    bodies = [b"", b"\xff\xfe", b"payload=" + b"[" * 5000]
    answers = [
        httpx2.post(f"{alerts.client.base_url}{PATH}", headers=with_time(headers), content=body).status_code
        for headers in HOSTILE
        for body in bodies
    ]
    assert answers == [401] * len(answers)


def with_time(headers: dict[str, Any]) -> dict[str, Any]:
    fresh = headers.get("X-Slack-Request-Timestamp") == "now"
    return {**headers, "X-Slack-Request-Timestamp": str(int(now().timestamp()))} if fresh else headers


def test_29_a_signed_click_on_nothing_changes_nothing(alerts: Process, slack: Slack) -> None:
    for case_id in ("al_of_nobody", "x" * 41, "", "\x00"):
        headers, body = signed_click(slack, case_id, secret=SECRET, at=now())
        answer = httpx2.post(f"{alerts.client.base_url}{PATH}", headers=headers, content=body)
        assert answer.status_code in {200, 400}
    assert state(alerts) == ("open", None)
