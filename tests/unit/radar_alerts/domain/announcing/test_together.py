"""One message for all cases of an account, and the receiver's budget."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from radar_alerts.domain.announcing.budget import within_budget
from radar_alerts.domain.announcing.together import ToTell, messages_of

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def to_tell(name: str, account: str, severity="high", receiver: str = "rc_anna", **given) -> ToTell:
    return ToTell(
        id=name,
        receiver_id=receiver,
        account_id=account,
        case_id=f"ca_{name}",
        severity=severity,
        **{"at": NOW, **given},
    )


def ids(messages) -> list[list[str]]:
    return [[item.id for item in one.items] for one in messages]


def test_two_cases_of_an_account_make_one_message_for_each_receiver() -> None:
    waiting = [
        to_tell("1", "acme"),
        to_tell("2", "acme", "critical"),
        to_tell("3", "acme", receiver="rc_ben"),
        to_tell("4", "other"),
    ]
    assert ids(messages_of(waiting)) == [["2", "1"], ["3"], ["4"]]


def test_the_most_severe_comes_first_then_the_nearest_day() -> None:
    waiting = [
        to_tell("1", "a", act_by=None),
        to_tell("2", "b", act_by=date(2026, 12, 24)),
        to_tell("3", "c", act_by=date(2026, 12, 1)),
        to_tell("4", "d", "critical"),
        to_tell("5", "e", at=NOW - timedelta(days=1)),
    ]
    assert ids(messages_of(waiting)) == [["4"], ["3"], ["2"], ["5"], ["1"]]


def test_what_is_over_the_budget_goes_into_the_digest() -> None:
    messages = messages_of(to_tell(str(each), f"account {each}") for each in range(5))
    shared = within_budget(messages, told_today=1, budget=3)
    assert ids(shared.at_once) == [["0"], ["1"]]
    assert ids(shared.over_budget) == [["2"], ["3"], ["4"]]


def test_critical_ones_are_sent_whatever_the_budget_and_use_none_of_it() -> None:
    messages = messages_of([to_tell("1", "a", "critical"), to_tell("2", "b", "critical"), to_tell("3", "c")])
    assert ids(within_budget(messages, told_today=0, budget=1).at_once) == [["1"], ["2"], ["3"]]
    assert ids(within_budget(messages, told_today=9, budget=0).at_once) == [["1"], ["2"]]


waiting = st.lists(
    st.builds(
        to_tell,
        st.uuids().map(str),
        st.sampled_from(["a", "b", "c", "d", "e"]),
        st.sampled_from(["critical", "high", "normal"]),
        st.sampled_from(["rc_anna", "rc_ben"]),
        act_by=st.none() | st.dates(date(2026, 11, 1), date(2027, 2, 1)),
    ),
    max_size=15,
)


@given(waiting)
def test_everything_is_said_once_and_never_in_two_messages_about_one_account(some) -> None:
    messages = messages_of(some)
    assert Counter(item.id for one in messages for item in one.items) == Counter(one.id for one in some)
    about = [(one.items[0].receiver_id, one.items[0].account_id) for one in messages]
    assert len(set(about)) == len(about)
    assert all(len({(item.receiver_id, item.account_id) for item in one.items}) == 1 for one in messages)


@given(waiting, st.integers(0, 6), st.integers(0, 5))
def test_no_more_than_the_budget_in_a_day_and_nothing_is_lost(some, told_today, budget) -> None:
    messages = messages_of(one for one in some if one.receiver_id == "rc_anna")
    shared = within_budget(messages, told_today=told_today, budget=budget)
    within = [one for one in shared.at_once if not one.critical]
    assert len(within) <= max(0, budget - told_today)
    assert {*shared.at_once, *shared.over_budget} == set(messages)
    assert not any(one.critical for one in shared.over_budget)
