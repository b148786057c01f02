"""Every notifier against every answer its channel gives: one table, real servers (faults 20 to 23)."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import httpx2
import pytest

from radar_alerts.domain.delivery import Delivery, new_delivery
from radar_alerts.domain.notice import Fact, Notice
from radar_alerts.domain.outcome import Failed, NotThere, Outcome, Retry, Sent, Unknown
from radar_alerts.domain.routing import Destination
from radar_alerts.domain.shared_texts import RESENT
from radar_alerts.domain.threads import Thread
from radar_alerts.notifiers.console.console import Console
from radar_alerts.notifiers.email.allowed import AllowedAddresses
from radar_alerts.notifiers.email.smtp import Smtp, smtp_server
from radar_alerts.notifiers.slack.bot import SlackBot
from radar_alerts.notifiers.slack.webhook import SlackWebhook
from radar_alerts.service.ports import Notifier
from radar_vocabulary.contracts.alerts import Channel
from tests.support.mailbox import Mailbox
from tests.support.ports import free_port
from tests.support.slack import LOST, OK, Answer, Slack, error

NOTICE = Notice(
    kind="opened",
    headline="Acme <b>& Söhne</b> may not renew",
    lead="Health 31 of 100.",
    facts=(Fact(label="Renewal", value="1 January 2027"),),
    reasons=("Usage down 34%",),
    advice="Call them.",
    link="https://radar.example/accounts/acme",
    mention="U0ANNA",
    severity="critical",
    score=31.0,
)
OURS = AllowedAddresses(
    domains=frozenset({"vendor.example"}), addresses=frozenset({"team@elsewhere.example"})
)
TARGETS: dict[Channel, str] = {"slack": "U0ANNA", "email": "anna@vendor.example", "console": "key queue"}


def delivery(channel: Channel, target: str | None = None) -> Delivery:
    destination = Destination(channel=channel, target=target or TARGETS[channel])
    return new_delivery(
        "al_1:1:opened", (destination,), NOTICE, datetime(2026, 11, 21, tzinfo=UTC), alert_id="al_1"
    )


@dataclass
class Channels:
    """The notifiers under test, connected to servers that play their part."""

    slack: Slack
    mailbox: Mailbox
    notifiers: dict[str, Notifier] = field(default_factory=dict)


@pytest.fixture
def channels(slack: Slack, mailbox: Mailbox):
    with httpx2.Client(timeout=2.0, follow_redirects=False) as client:
        both = Channels(slack, mailbox)
        both.notifiers = {
            "webhook": SlackWebhook(slack.webhook, client),
            "bot": SlackBot("xoxb-secret", client, api=slack.api),
            "smtp": Smtp(
                smtp_server(mailbox.url), sender="Radar <radar@vendor.example>", allowed=OURS, timeout=2.0
            ),
        }
        yield both


SLOW_DOWN = Answer(status=429, body={"ok": False, "error": "ratelimited"}, headers=(("Retry-After", "30"),))
SLACK: list[tuple[str, Answer, Outcome]] = [
    ("both", OK, Sent()),
    ("both", SLOW_DOWN, Retry(reason="Slack asked to slow down", after=30, throttled=True)),
    ("both", replace(SLOW_DOWN, headers=()), Retry(reason="Slack asked to slow down", after=30, throttled=True)),
    ("both", Answer(status=500, body="error"), Retry(reason="Slack answered 500")),
    ("both", Answer(status=502, body="<html>"), Retry(reason="Slack answered 502")),
    ("both", Answer(status=504, body=""), Retry(reason="Slack answered 504")),
    ("both", LOST, Unknown(reason="Slack's answer was lost (RemoteProtocolError)")),
    ("both", Answer(status=302, headers=(("Location", "http://127.0.0.1:1/"),)),
     Failed(reason="the address configured for Slack redirects elsewhere", operators=True)),
    ("bot", error("channel_not_found"), Failed(reason="Slack refused: channel_not_found", operators=True)),
    ("bot", error("token_revoked"), Failed(reason="Slack refused: token_revoked", operators=True)),
    ("bot", error("invalid_auth"), Failed(reason="Slack refused: invalid_auth", operators=True)),
    ("bot", error("ratelimited"), Retry(reason="Slack asked to slow down", after=30, throttled=True)),
    ("bot", error("internal_error"), Retry(reason="Slack refused: internal_error")),
    ("bot", Answer(body="not JSON"), Unknown(reason="Slack's answer can't be read")),
    ("webhook", Answer(status=400, body="invalid_payload"),
     Failed(reason="Slack refused: invalid_payload", operators=True)),
    ("webhook", Answer(status=404, body="no_service"), Failed(reason="Slack refused: no_service", operators=True)),
    ("webhook", Answer(status=404, body="channel_not_found"),
     Failed(reason="Slack refused: channel_not_found", operators=True)),
    ("webhook", Answer(status=403, body="action_prohibited"),
     Failed(reason="Slack refused: action_prohibited", operators=True)),
    ("webhook", Answer(status=410, body="channel_is_archived"),
     Failed(reason="Slack refused: channel_is_archived", operators=True)),
]  # fmt: skip
CASES = [
    pytest.param(way, answer, outcome, id=f"{way}-{answer.status}-{outcome.__class__.__name__}-{number}")
    for number, (which, answer, outcome) in enumerate(SLACK)
    for way in (("webhook", "bot") if which == "both" else (which,))
]


@pytest.mark.parametrize(("way", "answer", "outcome"), CASES)
def test_slack(channels: Channels, way: str, answer: Answer, outcome: Outcome) -> None:
    channels.slack.answers = [answer]
    got = channels.notifiers[way].send(delivery("slack"), None)
    assert replace(got, reference=None) == outcome if isinstance(got, Sent) else got == outcome
    assert channels.slack.posts == 1  # whatever was answered, trying again isn't the notifier's to decide


@pytest.mark.parametrize(
    ("rcpt", "data", "silent", "outcome"),
    [
        (None, None, 0, Sent),
        (None, "451 try later", 0, Retry),
        ("450 mailbox busy", None, 0, Retry),
        (None, "554 refused", 0, Failed),
        ("550 no such user", None, 0, Failed),
        (None, None, 1, Unknown),
    ],
    ids=["250", "451 after DATA", "450 to RCPT", "554 after DATA", "550 to RCPT", "silence after DATA"],
)
def test_smtp(channels: Channels, rcpt: str | None, data: str | None, silent: int, outcome: type) -> None:
    channels.mailbox.answers_to_rcpt = [rcpt] if rcpt else []
    channels.mailbox.answers_to_data = [data] if data else []
    channels.mailbox.silences = silent
    assert isinstance(channels.notifiers["smtp"].send(delivery("email"), None), outcome)
    assert len(channels.mailbox.messages) == (outcome in {Sent, Unknown})


@pytest.mark.parametrize("address", ["a\r\nRCPT TO:<x@y.example>", "ä@vendor.example", "", "no-at-sign\n"])
def test_an_address_that_cannot_be_one_is_refused_and_never_an_error(
    channels: Channels, address: str
) -> None:
    odd = replace(delivery("email"), destination=Destination(channel="email", target=address))
    assert isinstance(channels.notifiers["smtp"].send(odd, None), Failed)
    assert channels.mailbox.messages == []


def test_a_server_that_is_away_is_tried_again_as_nothing_was_handed_over() -> None:
    nowhere = free_port()
    with httpx2.Client() as client:
        bot = SlackBot("xoxb", client, api=f"http://127.0.0.1:{nowhere}/api/")
        assert isinstance(bot.send(delivery("slack"), None), Retry)
    smtp = Smtp(smtp_server(f"smtp://127.0.0.1:{nowhere}"), sender="radar@vendor.example", allowed=OURS)
    assert isinstance(smtp.send(delivery("email"), None), Retry)


def test_the_console_takes_everything() -> None:
    assert isinstance(Console().send(delivery("console"), None), Sent)


def test_slack_shows_the_reasons_and_a_button_and_reads_no_markup_from_customers(channels: Channels) -> None:
    channels.notifiers["bot"].send(delivery("slack", "C0TEAM"), None)
    (message,) = channels.slack.messages
    shown = str(message["blocks"])
    assert "Usage down 34%" in shown
    assert "<@U0ANNA>" in shown
    assert message["blocks"][-1]["elements"][0]["url"] == NOTICE.link
    assert "&lt;b&gt;" in message["text"]
    assert message["metadata"]["event_payload"] == {"delivery_id": delivery("slack").id}
    assert channels.slack.tokens == {"Bearer xoxb-secret"}


def test_a_direct_message_does_not_mention_whom_it_goes_to(channels: Channels) -> None:
    channels.notifiers["bot"].send(delivery("slack"), None)
    assert "<@" not in str(channels.slack.messages[0]["blocks"])


@pytest.mark.parametrize("target", ["U0ANNA", "C0TEAM"])
def test_a_bot_finds_the_message_whose_answer_was_lost(channels: Channels, target: str) -> None:
    bot = channels.notifiers["bot"]
    sent = delivery("slack", target)
    assert isinstance(bot.find(sent, None), NotThere)
    channels.slack.answers = [LOST]
    assert isinstance(bot.send(sent, None), Unknown)
    assert isinstance(bot.find(sent, None), Sent)


def test_an_e_mail_has_text_and_html_and_one_name_however_often_it_is_sent(channels: Channels) -> None:
    smtp, mail = channels.notifiers["smtp"], delivery("email")
    smtp.send(mail, None)
    smtp.send(replace(mail, resent=True), None)
    first, second = channels.mailbox.messages
    assert first["Message-ID"] == second["Message-ID"] == f"<{mail.id}@vendor.example>"
    text, html = first.get_body(("plain",)), first.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "What to do\nCall them." in text.get_content().replace("\r\n", "\n")
    assert "Acme &lt;b&gt;&amp; Söhne&lt;/b&gt;" in html.get_content()
    assert RESENT.text not in first["Subject"]
    assert RESENT.text in second["Subject"].replace("\r\n", "")
    assert channels.mailbox.recipients == ["anna@vendor.example"] * 2


def test_lines_that_begin_with_a_dot_arrive_whole(channels: Channels) -> None:
    dotted = replace(delivery("email"), notice=Notice(kind="test", headline="Dots", lead=".\n..\n.end"))
    channels.notifiers["smtp"].send(dotted, None)
    body = channels.mailbox.messages[0].get_body(("plain",))
    assert body is not None
    assert ".\n..\n.end" in body.get_content().replace("\r\n", "\n")


def test_no_secret_shows_in_a_reason(channels: Channels) -> None:
    for way in ("webhook", "bot"):
        for answer in (error("token_revoked"), Answer(status=502), LOST):
            channels.slack.answers = [answer]
            assert "secret" not in repr(channels.notifiers[way].send(delivery("slack"), None))


LATER = Notice(kind="resolved", headline="Acme has recovered", lead="Health 61 of 100.", severity="critical")


def test_later_notices_go_into_the_thread_and_the_first_message_says_how_it_is_now(
    channels: Channels,
) -> None:
    bot = channels.notifiers["bot"]
    first = bot.send(delivery("slack", "C0TEAM"), None)
    assert isinstance(first, Sent)
    assert first.reference is not None
    thread = Thread(reference=first.reference, subject=NOTICE.headline)
    later = replace(delivery("slack", "C0TEAM"), id="dl_2", notice=LATER, root=LATER)
    assert isinstance(bot.send(later, thread), Sent)
    begun, reply = channels.slack.messages
    assert reply["thread_ts"] == begun["ts"]
    assert begun["edited"] is True
    assert "has recovered" in str(begun["blocks"])
    assert isinstance(bot.find(later, thread), Sent)


def test_a_first_message_that_cannot_be_changed_does_not_hold_the_reply_up(channels: Channels) -> None:
    bot = channels.notifiers["bot"]
    thread = Thread(reference="C0TEAM/1.2", subject="x")
    assert isinstance(bot.send(replace(delivery("slack", "C0TEAM"), root=LATER), thread), Sent)
    assert channels.slack.calls == ["chat.update", "chat.postMessage"]


def test_a_reply_waits_while_slack_asks_the_update_to(channels: Channels) -> None:
    channels.slack.answers_to_update = [SLOW_DOWN]
    thread = Thread(reference="C0TEAM/1.2", subject="x")
    waits = channels.notifiers["bot"].send(replace(delivery("slack", "C0TEAM"), root=LATER), thread)
    assert isinstance(waits, Retry)
    assert channels.slack.messages == []


def test_later_e_mails_answer_the_first_that_was_sent_under_its_subject(channels: Channels) -> None:
    smtp, mail = channels.notifiers["smtp"], delivery("email")
    first = smtp.send(mail, None)
    assert isinstance(first, Sent)
    assert first.reference is not None
    thread = Thread(reference=first.reference, subject=NOTICE.headline)
    smtp.send(replace(mail, id="dl_2", notice=LATER), thread)
    begun, reply = channels.mailbox.messages
    assert "References" not in begun
    assert reply["In-Reply-To"] == reply["References"] == begun["Message-ID"]
    assert reply["Subject"] == begun["Subject"]


@pytest.mark.parametrize(
    "address", ["anna@elsewhere.example", "anna@sub.vendor.example", "anna@vendor.example.evil.example"]
)
def test_mail_goes_to_our_own_domains_only(channels: Channels, address: str) -> None:
    stranger = replace(delivery("email"), destination=Destination(channel="email", target=address))
    got = channels.notifiers["smtp"].send(stranger, None)
    assert isinstance(got, Failed)
    assert got.operators
    assert address not in got.reason
    assert channels.mailbox.messages == []


@pytest.mark.parametrize("address", ["ANNA@VENDOR.example", "team@elsewhere.example"])
def test_a_domain_is_read_in_any_case_and_a_configured_address_is_trusted(
    channels: Channels, address: str
) -> None:
    known = replace(delivery("email"), destination=Destination(channel="email", target=address))
    assert isinstance(channels.notifiers["smtp"].send(known, None), Sent)
