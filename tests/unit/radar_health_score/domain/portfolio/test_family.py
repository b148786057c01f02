"""Families of accounts: sums over everything below, whatever the parents that were told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.portfolio.family import Relative, ancestors, members, on_a_circle, roll_up
from radar_health_score.domain.workspace.exchange import Rates

RATES = Rates(currency="EUR", rates={"USD": 0.5})
IDS = [f"a{number}" for number in range(8)]
parents_told = st.fixed_dictionaries({one: st.sampled_from([None, *IDS, "unknown"]) for one in IDS})
scores = st.one_of(st.none(), st.floats(min_value=0, max_value=100))
arrs = st.sampled_from([0.0, 10.0, 250.0, 4_000.0])


def account(name, parent=None, score=None, arr=0.0, **known):
    paid = {"EUR": arr} if arr else {}
    return Relative(account_id=name, parent_id=parent, score=score, arr=paid, arr_at_risk={}, **known)


def below(head, parents):
    """Everything that can be reached downwards: what a store returns."""
    found, more = {head} & parents.keys(), {head}
    while more := {one for one, parent in parents.items() if parent in more and one not in found}:
        found |= more
    return found


def slow_family(head, parents):
    """Ask of each account whether a walk upwards, by links that are on no circle, comes by the head."""

    def way_up(one):
        way, at = [one], parents.get(one)
        while at is not None and at not in way:
            way.append(at)
            at = parents.get(at)
        return way, at

    def is_on_a_circle(one):
        return way_up(one)[1] == one

    def depth(one):
        steps, at = 0, one
        while at != head:
            if at not in parents or is_on_a_circle(at):
                return None
            at, steps = parents[at], steps + 1
        return steps

    return {one: depth(one) for one in parents if depth(one) is not None}


@given(parents_told, st.sampled_from([*IDS, "unknown"]))
def test_a_family_is_whoever_has_the_head_above_it_by_links_on_no_circle(parents, head):
    relatives = [account(one, parents[one]) for one in below(head, parents)]
    family = {one.account_id: depth for depth, one in members(head, relatives)}
    assert family == slow_family(head, parents)
    for one in IDS:
        assert on_a_circle(one, parents) == (one in ancestors_by_hand(one, parents))
        assert (head in ancestors(one, parents)) == (one in family and one != head)


def ancestors_by_hand(one, parents):
    """Everybody that the told parents lead to, as often as it takes."""
    found, at = set(), parents.get(one)
    while at is not None and at not in found:
        found.add(at)
        at = parents.get(at)
    return found


@given(st.lists(st.tuples(scores, arrs), min_size=1, max_size=8))
def test_the_score_is_the_mean_weighted_by_arr_and_the_sums_add_up(told):
    family = [account(name, score=score, arr=arr) for name, (score, arr) in zip(IDS, told, strict=False)]
    rolled = roll_up("a0", family, RATES)
    scored = [(score, arr) for score, arr in told if score is not None]
    paid = sum(arr for _, arr in scored)
    if not scored:
        assert rolled.score is None
    elif paid:
        assert rolled.score == pytest.approx(sum(score * arr for score, arr in scored) / paid)
    else:
        assert rolled.score == pytest.approx(sum(score for score, _ in scored) / len(scored))
    assert rolled.arr.get("EUR", 0.0) == pytest.approx(sum(arr for _, arr in told))
    assert rolled.members == len(told)
    lowest = min((score for score, _ in told[1:] if score is not None), default=None)
    assert (rolled.worst.score if rolled.worst else None) == lowest


def test_the_order_in_which_accounts_are_told_of_makes_no_difference():
    family = [account("a", None, 10.0, 5.0), account("b", "a", 20.0, 1.0), account("c", "b", 30.0)]
    assert members("a", family) == members("a", family[::-1])
    assert roll_up("a", family, RATES) == roll_up("a", family[::-1], RATES)


def test_a_deep_chain_of_parents_is_a_family_too():
    chain = [account(f"n{depth}", f"n{depth - 1}" if depth else None) for depth in range(3000)]
    assert members("n0", chain)[-1] == (2999, chain[-1])
    assert len(ancestors("n2999", {one.account_id: one.parent_id for one in chain})) == 2999


def test_an_account_that_is_its_own_parent_has_none():
    family = [account("a", "a"), account("b", "a")]
    assert on_a_circle("a", {"a": "a", "b": "a"})
    assert [one.account_id for _, one in members("a", family)] == ["a", "b"]
    assert ancestors("b", {"a": "a", "b": "a"}) == ("a",)


def test_accounts_on_a_circle_stand_alone_with_what_hangs_below_them():
    parents = {"a": "b", "b": "a", "c": "a", "d": "b"}
    relatives = [account(one, parent) for one, parent in parents.items()]
    assert [one.account_id for _, one in members("a", relatives)] == ["a", "c"]
    assert [one.account_id for _, one in members("b", relatives)] == ["b", "d"]


def test_customers_count_and_former_ones_only_where_nobody_else_is_left():
    left = account("a", score=10.0, arr=99.0, standing="former")
    asks = account("b", "a", score=40.0, standing="prospect")
    pays = account("c", "a", score=80.0, arr=5.0)
    assert roll_up("a", [left, asks, pays], RATES).score == 80.0
    assert roll_up("a", [left, asks], RATES).score == 40.0
    assert roll_up("a", [left], RATES).score == 10.0


def test_currencies_with_a_rate_are_brought_together_and_others_leave_no_weights():
    euro, dollar = account("a", score=100.0, arr=50.0), account("b", "a", score=0.0)
    dollar = replace(dollar, arr={"USD": 100.0}, arr_at_risk={"USD": 40.0})
    rolled = roll_up("a", [euro, dollar], RATES)
    assert (rolled.score, rolled.weighted_by, rolled.arr, rolled.arr_at_risk) == (
        50.0, "arr", {"EUR": 100.0}, {"EUR": 20.0},
    )  # fmt: skip
    apart = roll_up("a", [euro, replace(dollar, arr={"JPY": 100.0})], RATES)
    assert (apart.score, apart.weighted_by, apart.arr) == (50.0, "accounts", {"EUR": 50.0, "JPY": 100.0})
