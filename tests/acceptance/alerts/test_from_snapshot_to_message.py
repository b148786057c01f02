"""From a snapshot on the log to a message somebody reads, over real HTTP, a real log and both stores."""

from contextlib import ExitStack
from datetime import timedelta
from math import exp

import pytest

from tests.support.alerts import Alerts, StartAlerts, now
from tests.support.health import FORECAST, snapshot
from tests.support.mailbox import Mailbox
from tests.support.slack import Slack
from tests.support.wait import eventually


@pytest.fixture
def alerts(start_alerts: StartAlerts, store_url: str) -> Alerts:
    return start_alerts(store=store_url)


def test_without_any_channel_the_message_is_kept_for_the_console(alerts: Alerts) -> None:
    alerts.take(snapshot(31.0, as_of=now()))
    (alert,) = alerts.alerts()
    assert (alert["state"], alert["severity"], alert["account_name"]) == ("open", "critical", "Acme Corp")
    assert alert["arr_at_risk"] == {"amount": 36000.0, "currency": "EUR"}
    (message,) = alerts.settled(1)
    assert (message["channel"], message["recipient"]) == ("console", "Anna Sand")
    assert message["subject"] == "Acme Corp may not renew: due in 41 days"
    assert "Usage down 34% vs the previous 4 weeks" in message["text"]
    assert "https://radar.vendor.example/cases/" in message["text"]


def test_the_model_s_reasons_reach_the_api_and_the_message_in_the_reader_s_language(alerts: Alerts) -> None:
    alerts.take(snapshot(31.0, as_of=now(), model=FORECAST), snapshot(32.0, account_id="plain", as_of=now()))
    plain, told = sorted(alerts.alerts(), key=lambda one: one["account_id"] == "acme")
    assert plain["model"] is None
    model = told["model"]
    total = model["base"] + sum(driver["logit"] for driver in model["drivers"])
    assert 1 / (1 + exp(-total)) == pytest.approx(told["probability"])
    texts = {message["alert_id"]: message["text"] for message in alerts.settled(2)}
    assert "Usage down 34%" in texts[told["alert_id"]]
    japanese = alerts.get(f"/v1/alerts/{told['alert_id']}", language="ja")["model"]["drivers"]
    changed = [one["text"] != other["text"] for one, other in zip(japanese, model["drivers"], strict=True)]
    assert changed == [driver["metric"] is not None for driver in model["drivers"]]


def test_the_whole_life_of_an_alert_is_told(alerts: Alerts) -> None:
    start = now() - timedelta(hours=3)
    alerts.take(snapshot(31.0, as_of=start))
    (alert,) = alerts.alerts()
    path = f"/v1/alerts/{alert['alert_id']}"
    until = (now() + timedelta(days=3)).isoformat()
    assert alerts.post(f"{path}/snooze", {"until": until, "reason": "on leave"}).json()["state"] == "snoozed"
    assert (
        alerts.post(f"{path}/acknowledge", {"by": "Anna", "note": "calling"}).json()["state"]
        == "acknowledged"
    )
    alerts.settled(1)
    alerts.take(snapshot(70.0, as_of=start + timedelta(hours=1)))
    whole = alerts.get(path)
    steps = [(step["change"], step["actor"], step["note"]) for step in whole["timeline"]]
    assert steps == [
        ("opened", None, "opened: a rule's signal"),
        ("snoozed", "act", "on leave"),
        ("acknowledged", "Anna", "calling"),
        ("resolved", None, "recovered: no signal holds any more"),
    ]
    alerts.settled(2)
    assert [one["kind"] for one in alerts.get(path)["deliveries"]] == ["opened", "ended"]
    published = eventually(lambda: (found := alerts.records()) and len(found) == 4 and found)
    assert [(one.sequence, one.change, one.state) for one in published] == [
        (1, "opened", "open"),
        (2, "snoozed", "snoozed"),
        (3, "acknowledged", "acknowledged"),
        (4, "resolved", "resolved"),
    ]


def test_when_the_customer_leaves_the_alert_ends_as_churned_and_who_was_told_hears_it(alerts: Alerts) -> None:
    start = now() - timedelta(hours=2)
    alerts.take(snapshot(31.0, as_of=start))
    alerts.settled(1)
    alerts.take(snapshot(12.0, as_of=start + timedelta(hours=1), contract=None, standing="former"))
    alerts.take(snapshot(11.0, as_of=start + timedelta(hours=2), contract=None, standing="former"))
    (alert,) = alerts.alerts()
    assert (alert["state"], alert["outcome"]) == ("resolved", "churned")
    whole = alerts.get(f"/v1/alerts/{alert['alert_id']}")
    assert [(step["change"], step["actor"], step["note"]) for step in whole["timeline"]] == [
        ("opened", None, "opened: a rule's signal"),
        ("resolved", None, "lost: the customer left"),
    ]
    assert [one["kind"] for one in alerts.settled(2)] == ["opened", "ended"]
    alerts.take(snapshot(5.0, account_id="gone", as_of=now(), contract=None, standing="former"))
    assert len(alerts.alerts()) == 1


def test_by_bot_token_the_owner_gets_a_direct_message(
    start_alerts: StartAlerts, store_url: str, slack: Slack
) -> None:
    alerts = start_alerts(store=store_url, slack_bot_token="xoxb-1", slack_api_url=slack.api)
    alerts.take(snapshot(31.0, as_of=now(), caused_by=now()))
    (message,) = alerts.settled(1)
    assert (message["channel"], message["recipient"], message["tries"]) == ("slack", "U0ANNA", 0)
    assert slack.messages[0]["channel"] == "U0ANNA"
    seen = alerts.client("read").get("/metrics").text
    assert 'radar_deliveries_total{channel="slack",result="sent"}' in seen
    assert "radar_event_to_alert_seconds_count" in seen


def test_a_service_that_has_stopped_holds_no_connection_to_slack(
    start_alerts: StartAlerts, slack: Slack
) -> None:
    with ExitStack() as stack:
        alerts = start_alerts(stack=stack, slack_bot_token="xoxb-1", slack_api_url=slack.api)
        alerts.take(snapshot(31.0, as_of=now()))
        alerts.settled(1)
        assert slack.connected
    eventually(lambda: not slack.connected, what="the connection was closed")


def test_by_e_mail_the_owner_gets_text_and_html(start_alerts: StartAlerts, mailbox: Mailbox) -> None:
    alerts = start_alerts(
        smtp_url=mailbox.url, email_from="Radar <radar@vendor.example>", email_domains="vendor.example"
    )
    alerts.take(snapshot(31.0, as_of=now()))
    alerts.settled(1)
    (mail,) = mailbox.messages
    assert mailbox.recipients == ["anna@vendor.example"]
    assert mail["Subject"] == "Acme Corp may not renew: due in 41 days"


def test_the_state_outlives_a_restart_and_nothing_is_sent_again(
    start_alerts: StartAlerts, store_url: str
) -> None:
    with ExitStack() as stack:
        first = start_alerts(store=store_url, stack=stack)
        first.take(snapshot(31.0, as_of=now()))
        before = first.settled(1)
    again = start_alerts(store=store_url)
    again.sent = 1
    again.take(snapshot(30.0, as_of=now()))
    assert again.settled(1) == before
    assert [alert["score"] for alert in again.alerts()] == [30.0]


def test_a_record_that_is_not_a_snapshot_is_parked_and_the_rest_goes_on(alerts: Alerts) -> None:
    from radar_chassis.bus.port import Outgoing
    from radar_vocabulary.contracts.topics import DEAD_LETTERS, HEALTH
    from tests.support.reading import read_all

    producer = alerts.bus.producer()
    producer.publish([Outgoing(topic=HEALTH, key=b"acme", value=b'{"version":1,"score":"x"}')]).result(10)
    producer.publish([Outgoing(topic=HEALTH, key=b"acme", value=None)]).result(10)
    producer.close()
    alerts.sent = 2
    alerts.take(snapshot(31.0, as_of=now()))
    assert len(alerts.alerts()) == 1
    assert len(read_all(alerts.bus, DEAD_LETTERS)) == 1


def test_with_mail_and_no_domains_it_does_not_start_and_lists_those_of_the_owners(
    start_alerts: StartAlerts, mailbox: Mailbox
) -> None:
    from radar_chassis.errors import ConfigurationError

    with ExitStack() as stack:
        before = start_alerts(stack=stack)
        before.take(snapshot(31.0, as_of=now()))
        before.settled(1)
    with pytest.raises(ConfigurationError, match=r"alerts\.email_domains .* are in: vendor\.example"):
        start_alerts(smtp_url=mailbox.url)


def test_an_owner_elsewhere_gets_no_mail_the_queue_is_told_and_operators_why(
    start_alerts: StartAlerts, mailbox: Mailbox
) -> None:
    alerts = start_alerts(
        smtp_url=mailbox.url,
        email_domains=["our-own.example"],
        queues={"key": {"email": "team@vendor.example"}},
    )
    alerts.take(snapshot(31.0, as_of=now()))
    alerts.settled(3, "sent", "failed")
    assert mailbox.recipients == ["team@vendor.example"]
    (told,) = (one for one in alerts.deliveries() if one["kind"] == "operator")
    assert "alerts.email_domains" in told["text"]
