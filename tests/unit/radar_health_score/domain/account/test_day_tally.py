from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.day_tally import NO_USER, DayTally

uses = st.tuples(
    st.integers(0, 4), st.integers(-1, 5), st.integers(0, 9), st.integers(0, 10_000), st.integers(1, 2**50)
)
lists = st.lists(uses, min_size=1, max_size=30)


def tally_of(events: list[tuple[int, int, int, int, int]]) -> DayTally:
    tally = DayTally(events[0][4])
    for one in events:
        tally.add(*one)
    return tally


def shown(tally: DayTally) -> object:
    features = {
        number: (one.uses, one.millis, sorted(one.users), one.last_at)
        for number, one in tally.features.items()
    }
    return features, tally.uses_by_user, tally.first_at, tally.last_at


@given(lists)
def test_what_is_stored_comes_back(events: list[tuple[int, int, int, int, int]]) -> None:
    tally = tally_of(events)
    assert shown(DayTally.decode(tally.encode())) == shown(tally)


@given(lists, lists)
def test_two_tallies_merged_are_the_tally_of_both(
    one: list[tuple[int, int, int, int, int]], other: list[tuple[int, int, int, int, int]]
) -> None:
    merged = tally_of(one)
    merged.merge(tally_of(other))
    assert shown(merged) == shown(tally_of([*other, *one]))


def test_merging_leaves_the_other_alone() -> None:
    mine, theirs = tally_of([(0, 1, 1, 0, 10)]), tally_of([(1, 2, 1, 0, 20)])
    mine.merge(theirs)
    mine.add(1, 3, 1, 0, 30)
    assert sorted(theirs.features[1].users) == [2]


def test_use_by_nobody_in_particular_counts_without_a_user() -> None:
    tally = tally_of([(0, NO_USER, 3, 0, 10)])
    assert (tally.features[0].uses, len(tally.users), tally.uses_by_user) == (3, 0, {})


def test_a_day_of_many_users_stays_small() -> None:
    tally = DayTally(0)
    for user in range(1000):
        tally.add(0, user, 1, 0, user)
    assert len(tally.encode()) < 8_000
