"""Whom to tell, and how."""

from hypothesis import given
from hypothesis import strategies as st

from radar_alerts.domain.routing import AvailableChannels, Queue, to_operators, to_owner, to_queue
from radar_vocabulary.contracts.scalars import Owner

ANNA = Owner(name="Anna", email="anna@x.example", slack_id="U1")
QUEUE = Queue(slack_channel="C1", email="queue@x.example")
reaches = st.builds(
    AvailableChannels,
    slack=st.sampled_from(["none", "webhook", "bot"]),
    email=st.booleans(),
    queues=st.sampled_from([{}, {"key": QUEUE}]),
    operators=st.sampled_from([Queue(), QUEUE]),
)
owners = st.sampled_from([None, Owner(), Owner(slack_id="U1"), Owner(email="a@x.example"), ANNA])


def chain(found) -> list[str]:
    return [f"{one.channel}:{one.target}" for one in found]


def test_the_owner_first_on_slack_then_by_mail_then_the_queue() -> None:
    channels = AvailableChannels(slack="bot", email=True, queues={"key": QUEUE})
    assert chain(to_owner(ANNA, "key", channels)) == [
        "slack:U1",
        "email:anna@x.example",
        "slack:C1",
        "email:queue@x.example",
        "console:Anna",
    ]


def test_without_an_owner_the_queue() -> None:
    channels = AvailableChannels(slack="bot", email=True, queues={"key": QUEUE})
    assert to_owner(None, "key", channels) == to_queue("key", channels)
    assert chain(to_owner(None, "mid", channels)) == ["console:mid queue"]


def test_a_webhook_is_one_channel_for_all() -> None:
    assert chain(to_owner(ANNA, "key", AvailableChannels(slack="webhook"))) == [
        "slack:webhook",
        "console:Anna",
    ]


def test_operators_are_not_told_over_what_broke() -> None:
    channels = AvailableChannels(slack="bot", email=True, operators=QUEUE)
    assert chain(to_operators(channels, without="slack")) == ["email:queue@x.example", "console:operators"]


@given(owners, st.sampled_from(["key", "mid", "long_tail"]), reaches)
def test_every_chain_ends_in_the_console_and_names_nothing_twice(owner, segment, channels) -> None:
    for found in (to_owner(owner, segment, channels), to_queue(segment, channels), to_operators(channels)):
        assert found[-1].channel == "console"
        assert len(set(found)) == len(found)
        assert all(one.channel != "email" or channels.email for one in found)
        assert all(one.channel != "slack" or channels.slack != "none" for one in found)
