"""Which act of setting health by hand stands at a moment."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.override_acts import OverrideAct, standing_override

NOW = datetime(2026, 6, 1, tzinfo=UTC)
hours = st.integers(min_value=-6, max_value=6)


def act(number=1, known=0, begins=0, ends=4, **said):
    usual = {"band": "watch", "score": None, "author": "Kim", "reason": "we spoke"}
    return OverrideAct(
        number=number, known_at=at(known), valid_from=at(begins),
        expires_at=None if ends is None else at(ends), **{**usual, **said},
    )  # fmt: skip


def at(hour):
    return NOW + timedelta(hours=hour)


def withdrawal(number, known):
    return act(number, known, known, None, band=None)


def standing(acts, hour):
    found = standing_override(acts, at(hour))
    return found and found.number


def test_it_holds_from_its_beginning_until_it_expires():
    acts = [act(known=-1, begins=1, ends=3)]
    assert [standing(acts, hour) for hour in range(5)] == [None, 1, 1, None, None]


def test_nobody_knew_of_it_before_it_was_told():
    acts = [act(known=2, begins=0, ends=4)]
    assert [standing(acts, hour) for hour in range(5)] == [None, None, 1, 1, None]


def test_the_last_word_counts_and_an_earlier_one_does_not_come_back():
    acts = [act(1, 0, 0, 9), act(2, 2, 2, 4), withdrawal(3, 6)]
    assert [standing(acts, hour) for hour in range(8)] == [1, 1, 2, 2, None, None, None, None]


def test_one_that_begins_later_leaves_the_present_one_alone_till_then():
    acts = [act(1, 0, 0, 9), act(2, 1, 3, 5)]
    assert [standing(acts, hour) for hour in range(6)] == [1, 1, 1, 2, 2, None]


def test_a_withdrawal_takes_back_what_has_not_begun_as_well():
    acts = [act(1, 0, 3, 9), withdrawal(2, 1)]
    assert [standing(acts, hour) for hour in range(5)] == [None] * 5


@given(st.lists(st.tuples(hours, hours, st.one_of(st.none(), hours), st.booleans()), max_size=5), hours)
def test_what_stands_is_the_last_act_begun_unless_it_is_over(rows, hour):
    acts = [
        act(number, known, begins, ends, band="watch" if sets else None)
        for number, (known, begins, ends, sets) in enumerate(rows)
    ]
    expected = None
    for number, (known, begins, ends, sets) in enumerate(rows):
        if known <= hour and begins <= hour:
            expected = number if sets and ends is not None and hour < ends else None
    assert standing(acts, hour) == expected
    assert standing(acts[::-1], hour) == expected
