"""Whom to tell, and how."""

from hypothesis import given
from hypothesis import strategies as st

from radar_alerts.domain.routing import to_operators, to_owner, to_queue
from radar_vocabulary.contracts.scalars import Owner
from tests.support.channels import reachable

ANNA = Owner(name="Anna", email="anna@x.example", slack_id="U1")
QUEUE = {"slack": "C1", "email": "queue@x.example"}
reaches = st.builds(
    lambda names, only, queues, operators: reachable(*names, only=only, queues=queues, operators=operators),
    st.sampled_from([(), ("slack",), ("email",), ("slack", "email")]),
    st.sampled_from([{}, {"slack": "webhook"}]),
    st.sampled_from([{}, {"key": QUEUE}]),
    st.sampled_from([{}, QUEUE]),
)
owners = st.sampled_from([None, Owner(), Owner(slack_id="U1"), Owner(email="a@x.example"), ANNA])


def chain(found) -> list[str]:
    return [f"{one.channel}:{one.target}" for one in found]


def test_the_owner_first_on_slack_then_by_mail_then_the_queue() -> None:
    channels = reachable("slack", "email", queues={"key": QUEUE})
    assert chain(to_owner(ANNA, "key", channels)) == [
        "slack:U1",
        "email:anna@x.example",
        "slack:C1",
        "email:queue@x.example",
        "console:Anna",
    ]


def test_without_an_owner_the_queue() -> None:
    channels = reachable("slack", "email", queues={"key": QUEUE})
    assert to_owner(None, "key", channels) == to_queue("key", channels)
    assert chain(to_owner(None, "mid", channels)) == ["console:mid queue"]


def test_a_webhook_is_one_channel_for_all() -> None:
    assert chain(to_owner(ANNA, "key", reachable("slack", only={"slack": "webhook"}))) == [
        "slack:webhook",
        "console:Anna",
    ]


def test_operators_are_not_told_over_what_broke() -> None:
    channels = reachable("slack", "email", operators=QUEUE)
    assert chain(to_operators(channels, without="slack")) == ["email:queue@x.example", "console:operators"]


@given(owners, st.sampled_from(["key", "mid", "long_tail"]), reaches)
def test_every_chain_ends_in_the_console_and_names_nothing_twice(owner, segment, channels) -> None:
    for found in (to_owner(owner, segment, channels), to_queue(segment, channels), to_operators(channels)):
        assert found[-1].channel == "console"
        assert len(set(found)) == len(found)
        assert {one.channel for one in found} <= {"console", *(one.name for one in channels.channels)}
