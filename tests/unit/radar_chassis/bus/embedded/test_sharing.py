"""Partitions are shared out evenly, completely, and with as little moving as possible."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from radar_chassis.bus.embedded.sharing import share

_members = st.lists(st.text("abcdef", min_size=1, max_size=2), unique=True, min_size=1, max_size=5)
_parts = st.lists(st.integers(1, 50), unique=True, max_size=12)


@st.composite
def _states(draw: st.DrawFn) -> tuple[list[str], list[int], dict[int, str]]:
    members, parts = draw(_members), draw(_parts)
    holders = st.sampled_from([*members, "gone"])
    held = {part: draw(holders) for part in parts if draw(st.booleans())}
    return members, parts, held


@given(_states())
def test_every_part_has_one_member_and_nobody_has_two_more_than_another(
    state: tuple[list[str], list[int], dict[int, str]],
) -> None:
    members, parts, held = state
    target = share(members, parts, held)
    count = Counter(dict.fromkeys(members, 0)) + Counter(target.values())
    assert set(target) == set(parts)
    assert set(target.values()) <= set(members)
    loads = [count[member] for member in members]
    assert max(loads) - min(loads) <= 1


@given(_states())
def test_once_everyone_did_as_told_nothing_moves_any_more(
    state: tuple[list[str], list[int], dict[int, str]],
) -> None:
    members, parts, held = state
    target = share(members, parts, held)
    assert share(members, parts, target) == target


@given(_states())
def test_giving_up_first_and_taking_later_leads_to_the_same_split(
    state: tuple[list[str], list[int], dict[int, str]],
) -> None:
    members, parts, held = state
    target = share(members, parts, held)
    given_up = {part: member for part, member in held.items() if target[part] == member}
    settled = share(members, parts, given_up)
    assert all(settled[part] == member for part, member in given_up.items())
    assert share(members, parts, settled) == settled


def test_a_member_that_joins_moves_only_what_it_gets() -> None:
    before = share(["a", "b"], list(range(6)), {})
    after = share(["a", "b", "c"], list(range(6)), before)
    moved = {part for part in before if before[part] != after[part]}
    assert {after[part] for part in moved} == {"c"}
    assert len(moved) == 2


def test_without_members_nothing_is_shared_out() -> None:
    assert share([], [1, 2], {}) == {}
