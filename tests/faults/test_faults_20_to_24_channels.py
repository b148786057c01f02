"""Faults 20 to 24: what channels do, and what becomes of the notice."""

import pytest

from radar_alerts.domain.routing import AvailableChannels
from radar_alerts.domain.shared_texts import POSSIBLY_REPEATED, RESENT
from radar_vocabulary.contracts.scalars import Owner
from tests.support.alerts_rig import OPERATORS, QUEUES, Rig
from tests.support.channels import reachable
from tests.support.health import snapshot
from tests.support.slack import LOST, OK, Answer, error

BY_MAIL = Owner(name="Ben Ode", email="ben@vendor.example")


def test_20_on_429_only_that_destination_waits_across_a_restart_too(rig: Rig) -> None:
    rig.slack.answers = [Answer(status=429, headers=(("Retry-After", "30"),))]
    rig.take(
        snapshot(30.0),
        snapshot(30.0, account_id="globex"),
        snapshot(30.0, account_id="initech", owner=Owner(slack_id="U0CARL")),
        snapshot(30.0, account_id="mail", owner=BY_MAIL),
    )
    rig.deliver()
    assert [one["channel"] for one in rig.slack.messages] == ["U0CARL"]
    assert (rig.slack.posts, len(rig.mailbox.messages)) == (2, 1)
    rig.deliver(seconds=29)  # every call makes new dispatchers: what they know comes from the database
    assert rig.slack.posts == 2
    rig.deliver(seconds=1)
    assert len(rig.slack.messages) == 3
    assert {one.state for one in rig.deliveries()} == {"sent"}


@pytest.mark.parametrize("status", [500, 502, 504])
def test_21_a_5xx_is_tried_again_with_growing_pauses(rig: Rig, status: int) -> None:
    rig.slack.answers = [Answer(status=status), Answer(status=status), OK]
    rig.take(snapshot(30.0))
    rig.deliver()
    rig.deliver(seconds=4)
    assert rig.slack.posts == 1
    rig.deliver(seconds=1)
    rig.deliver(seconds=9)
    assert rig.slack.posts == 2
    rig.deliver(seconds=1)
    assert rig.ends() == [("slack", "U0ANNA", "sent")]
    assert len(rig.slack.messages) == 1


def test_21_when_slack_stays_away_the_notice_goes_by_mail(rig: Rig) -> None:
    rig.slack.answers = [Answer(status=502)] * 100
    rig.take(snapshot(30.0))
    for _ in range(12):
        rig.deliver(minutes=31)
    assert rig.ends() == [("slack", "U0ANNA", "failed"), ("email", "anna@vendor.example", "sent")]


def test_21_a_lost_answer_is_looked_up_and_not_sent_again(rig: Rig) -> None:
    rig.slack.answers = [LOST]
    rig.take(snapshot(30.0))
    rig.deliver()
    assert rig.ends() == [("slack", "U0ANNA", "unknown")]
    rig.deliver(seconds=30)
    assert rig.ends() == [("slack", "U0ANNA", "sent")]
    assert len(rig.slack.messages) == 1


def test_21_a_lost_request_is_found_missing_and_sent(rig: Rig) -> None:
    rig.slack.answers = [Answer(lost=True)]
    rig.take(snapshot(30.0))
    rig.deliver()
    rig.deliver(seconds=30)
    assert rig.ends() == [("slack", "U0ANNA", "sent")]
    assert RESENT.text not in str(rig.slack.messages)
    assert len(rig.slack.messages) == 1


@pytest.mark.parametrize("code", ["channel_not_found", "token_revoked"])
def test_22_what_cannot_be_mended_by_waiting_goes_by_mail_and_operators_are_told(rig: Rig, code: str) -> None:
    rig.slack.answers = [error(code)] * 10
    rig.take(snapshot(30.0), snapshot(30.0, account_id="globex"))
    rig.deliver()
    rig.deliver(hours=1)
    assert rig.slack.posts == 2
    assert rig.ends("opened").count(("email", "anna@vendor.example", "sent")) == 2
    assert rig.ends("operator") == [("email", "ops@vendor.example", "sent")]
    (told,) = (mail for mail in rig.mailbox.messages if mail["To"] == "ops@vendor.example")
    body = told.get_body(("plain",))
    assert body is not None
    assert code in body.get_content()


def test_23_a_4xx_is_tried_again_under_the_same_name(rig: Rig) -> None:
    rig.mailbox.answers_to_data = ["451 try later"]
    rig.take(snapshot(30.0, owner=BY_MAIL))
    rig.deliver()
    rig.deliver(seconds=5)
    (sent,) = rig.deliveries()
    assert (sent.state, sent.tries, sent.reference) == ("sent", 1, rig.mailbox.messages[0]["Message-ID"])


def test_23_a_5xx_is_the_end_of_it_and_the_queue_has_it_instead(rig: Rig) -> None:
    rig.mailbox.answers_to_rcpt = ["550 no such user"]
    rig.take(snapshot(30.0, owner=BY_MAIL))
    rig.deliver()
    rig.deliver(hours=1)
    assert rig.ends() == [("email", "ben@vendor.example", "failed"), ("slack", "C0KEY", "sent")]


def test_23_silence_after_the_message_is_unknown_and_resent_once_with_a_mark(rig: Rig) -> None:
    rig.mailbox.silences = 1
    rig.take(snapshot(30.0, owner=BY_MAIL))
    rig.deliver()
    assert rig.ends() == [("email", "ben@vendor.example", "unknown")]
    rig.deliver(seconds=30)
    first, second = rig.mailbox.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert (RESENT.text in first["Subject"], RESENT.text in second["Subject"]) == (False, True)
    assert [(one.state, one.resent) for one in rig.deliveries()] == [("sent", True)]


def test_23_after_two_silences_the_next_destination_has_it_marked_as_possibly_repeated(rig: Rig) -> None:
    rig.mailbox.silences = 2
    rig.take(snapshot(30.0, owner=BY_MAIL))
    for _ in range(5):
        rig.deliver(minutes=5)
    assert rig.ends() == [("email", "ben@vendor.example", "unknown"), ("slack", "C0KEY", "sent")]
    assert len(rig.mailbox.messages) == 2
    assert POSSIBLY_REPEATED.text in str(rig.slack.messages)


@pytest.mark.parametrize(
    ("segment", "reach", "end"),
    [
        (
            "key",
            reachable("slack", "email", queues=QUEUES, operators=OPERATORS),
            ("slack", "C0KEY", "sent"),
        ),
        ("key", reachable("email", queues=QUEUES), ("email", "key@vendor.example", "sent")),
        ("mid", reachable("slack", "email", queues=QUEUES), ("console", "mid queue", "sent")),
        ("long_tail", reachable(), ("console", "long tail queue", "sent")),
    ],
)
@pytest.mark.parametrize("owner", [None, Owner()])
def test_24_without_an_owner_the_segments_queue_has_it(
    rig: Rig, segment, reach: AvailableChannels, end: tuple[str, ...], owner: Owner | None
) -> None:
    rig.channels = reach
    rig.take(snapshot(30.0, owner=owner, segment=segment))
    rig.deliver()
    assert rig.ends() == [end]
