"""Fault 5: kill -9 after Slack accepted. The delivery is *unknown*; it is looked up, or resent once with a mark."""

from typing import Any

import pytest

from radar_alerts.domain.shared_texts import POSSIBLY_REPEATED, RESENT
from tests.support.alerts import now, publish
from tests.support.health import snapshot
from tests.support.product import Process, Product
from tests.support.slack import Slack
from tests.support.wait import eventually

pytestmark = pytest.mark.faults
QUICK = {"RADAR_ALERTS__LEASE_SECONDS": "1", "RADAR_ALERTS__RECONCILE_SECONDS": "0.1"}


def killed_in_the_middle(product: Product, slack: Slack, settings: dict[str, str]) -> None:
    """Let a process send a message and kill it when Slack has that and hasn't answered."""
    alerts = product.start("alerts", **QUICK, **settings)
    slack.before_answering = alerts.child.kill
    before = slack.posts
    if not before:
        alerts.ready()
        bus = product.bus()
        publish(bus, [snapshot(30.0, as_of=now())])
        bus.close()
    eventually(lambda: slack.posts > before and not alerts.child.running(), within=40)
    slack.before_answering = lambda: None


def settled(alerts: Process) -> dict[str, Any] | None:
    message = alerts.get("/v1/deliveries")["items"][-1]
    return message if message["finished_at"] else None


def test_by_bot_token_the_message_is_found_and_not_sent_again(product: Product, slack: Slack) -> None:
    settings = {"RADAR_ALERTS__SLACK_BOT_TOKEN": "xoxb", "RADAR_ALERTS__SLACK_API_URL": slack.api}
    killed_in_the_middle(product, slack, settings)
    alerts = product.start("alerts", **QUICK, **settings).ready()
    message = eventually(lambda: settled(alerts), within=30)
    assert (message["state"], message["resent"]) == ("sent", False)
    assert len(slack.messages) == 1


def test_by_webhook_it_is_resent_once_with_a_mark(product: Product, slack: Slack) -> None:
    settings = {"RADAR_ALERTS__SLACK_WEBHOOK_URL": slack.webhook}
    killed_in_the_middle(product, slack, settings)
    alerts = product.start("alerts", **QUICK, **settings).ready()
    message = eventually(lambda: settled(alerts), within=30)
    assert (message["state"], message["resent"]) == ("sent", True)
    assert [RESENT.text in str(one) for one in slack.messages] == [False, True]


def test_by_webhook_a_second_kill_leaves_it_to_the_next_destination(product: Product, slack: Slack) -> None:
    settings = {"RADAR_ALERTS__SLACK_WEBHOOK_URL": slack.webhook}
    killed_in_the_middle(product, slack, settings)
    killed_in_the_middle(product, slack, settings)
    alerts = product.start("alerts", **QUICK, **settings).ready()
    message = eventually(lambda: settled(alerts), within=30)
    assert (message["state"], message["resent"]) == ("unknown", True)
    assert len(slack.messages) == 2
    instead = alerts.get("/v1/deliveries")["items"][0]
    assert (instead["channel"], POSSIBLY_REPEATED.text in instead["text"]) == ("console", True)
