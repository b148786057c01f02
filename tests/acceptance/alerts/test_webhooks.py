"""Addresses that somebody configured: signed, on listed hosts, never on our own network unless listed."""

import hashlib
import hmac
import socket
from datetime import UTC, datetime
from typing import Any

import httpx2
import msgspec
import pytest

from radar_alerts.domain.delivery import Delivery, new_delivery
from radar_alerts.domain.notice import Fact, Notice
from radar_alerts.domain.outcome import Failed, Outcome, Retry, Sent, Unknown
from radar_alerts.domain.routing import Destination
from radar_alerts.notifiers.guarded_post import AllowedHosts
from radar_alerts.notifiers.teams.teams import Teams
from radar_alerts.notifiers.webhook.webhook import Webhook
from radar_alerts.service.ports import Notifier
from radar_chassis.clock import ManualClock
from tests.support.slack import LOST, OK, Answer, Slack

HERE = AllowedHosts(hosts=frozenset(), private=frozenset({"127.0.0.1"}))
NOW = datetime(2026, 11, 21, tzinfo=UTC)
NOTICE = Notice(
    kind="opened",
    headline="Acme **GmbH** may not renew",
    lead="Health 31 of 100.",
    facts=(Fact(label="Renewal", value="1 January 2027"),),
    reasons=("Usage down 34%",),
    link="https://radar.example/accounts/acme",
)
SLOW = Answer(status=429, headers=(("Retry-After", "30"),))
ANSWERS = [
    (Answer(status=200, body="ok", takes=True), Sent),
    (Answer(status=202, body="", takes=True), Sent),
    (SLOW, Retry),
    (Answer(status=408, body=""), Retry),
    (Answer(status=502, body=""), Retry),
    (Answer(status=400, body="no"), Failed),
    (Answer(status=401, body="no"), Failed),
    (Answer(status=404, body="gone"), Failed),
    (Answer(status=307, body="", headers=(("Location", "http://127.0.0.1:1/"),)), Failed),
    (LOST, Unknown),
]


def delivery(channel: str) -> Delivery:
    place = Destination(channel=channel, target="crm")
    return new_delivery("al_1:1:opened", (place,), NOTICE, NOW, case_id="al_1", receiver_id="rc_1")


def notifier(kind: str, url: str, client: httpx2.Client, allowed: AllowedHosts = HERE) -> Notifier:
    if kind == "teams":
        return Teams({"crm": url}, client, allowed=allowed)
    return Webhook({"crm": url}, client, secret="s3cret", allowed=allowed, clock=ManualClock(NOW))


def sent(kind: str, url: str, allowed: AllowedHosts = HERE) -> Outcome:
    with httpx2.Client(timeout=2.0) as client:
        return notifier(kind, url, client, allowed).send(delivery(kind), None)


@pytest.mark.parametrize("kind", ["webhook", "teams"])
@pytest.mark.parametrize(("answer", "outcome"), ANSWERS, ids=[f"{a.status}-{o.__name__}" for a, o in ANSWERS])
def test_an_answer_means_the_same_for_both(kind: str, answer: Answer, outcome: type, slack: Slack) -> None:
    slack.answers = [answer]
    got = sent(kind, slack.webhook)
    assert isinstance(got, outcome)
    assert slack.posts == 1
    assert "secret" not in repr(got)


def test_a_webhook_is_signed_over_its_time_and_body(slack: Slack) -> None:
    slack.answers = [OK]
    assert isinstance(sent("webhook", slack.webhook), Sent)
    headers, body = slack.raw[0]
    moment = headers["X-Radar-Timestamp"]
    expected = hmac.new(b"s3cret", f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Radar-Signature"] == f"v1={expected}"
    assert moment == str(int(NOW.timestamp()))
    assert headers["X-Radar-Delivery"] == delivery("webhook").id
    content = msgspec.json.decode(body)
    assert (content["case_id"], content["receiver_id"]) == ("al_1", "rc_1")
    assert content["reasons"] == ["Usage down 34%"]


def test_teams_gets_a_card_whose_texts_are_plain_runs(slack: Slack) -> None:
    slack.answers = [OK]
    sent("teams", slack.webhook)
    (attachment,) = slack.messages[0]["attachments"]
    card = attachment["content"]
    assert {one["type"] for one in card["body"]} == {"RichTextBlock"}
    assert card["body"][0]["inlines"][0]["text"] == NOTICE.headline
    assert card["actions"][0]["url"] == NOTICE.link


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/x",
        "https://hooks.example.evil.example/x",
        "ftp://hooks.example/x",
        "https://hooks.example:x/",
        "https:///x",
    ],
)
def test_a_host_that_is_not_listed_is_not_called(url: str) -> None:
    assert isinstance(sent("webhook", url, AllowedHosts(hosts=frozenset({"hooks.example"}))), Failed)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "169.254.169.254",
        "100.64.0.1",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.8",
        "224.0.0.1",
    ],
)
def test_a_listed_name_with_an_address_of_our_own_network_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("93.184.216.34", address)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    got = sent("webhook", "https://hooks.example/x", AllowedHosts(hosts=frozenset({"hooks.example"})))
    assert isinstance(got, Failed)
    assert "isn't public" in got.reason


def test_the_connection_goes_to_the_address_that_was_checked(
    slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(slack.url.rpartition(":")[2])
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *more: Any, **named: Any) -> list[Any]:
        asked.append(host)
        return real("127.0.0.1" if host == "hooks.example" else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    allowed = AllowedHosts(hosts=frozenset(), private=frozenset({"hooks.example"}))
    slack.answers = [OK]
    assert isinstance(sent("webhook", f"http://hooks.example:{port}/services/x", allowed), Sent)
    assert asked.count("hooks.example") == 1
    assert slack.raw[0][0]["Host"] == f"hooks.example:{port}"
