"""Key accounts are the largest that together bring 80% of the ARR; the cut stays while it does about that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.workspace.segment_cut import Cut, fresh_cut, share_from, steady_cut

whole_amounts = st.lists(st.integers(min_value=1, max_value=100_000).map(float), min_size=1, max_size=60)


def slow_key_accounts(arrs, percent):
    """Take the largest one after the other until they bring so much, then everyone who pays as much as the last."""
    taken = []
    for arr in sorted(arrs, reverse=True):
        if 100 * sum(taken) >= percent * sum(arrs):
            break
        taken.append(arr)
    return sorted(arr for arr in arrs if arr >= taken[-1])


def test_the_one_with_which_the_sum_reaches_four_fifths_is_in():
    assert fresh_cut([50.0, 20.0, 10.0, 10.0, 5.0, 3.0, 2.0]) == Cut(key=10.0, mid=5.0)
    assert fresh_cut([60.0, 25.0, 10.0, 3.0, 2.0]) == Cut(key=25.0, mid=10.0)
    assert fresh_cut([80.0, 15.0, 5.0]) == Cut(key=80.0, mid=15.0)


def test_one_large_customer_is_the_only_key_account():
    cut = fresh_cut([1000.0, 10.0, 9.0, 8.0])
    assert cut is not None
    assert [cut.segment(arr) for arr in (1000.0, 10.0, 9.0)] == ["key", "long_tail", "long_tail"]


def test_nobody_pays_and_there_is_no_cut():
    assert fresh_cut([]) is None
    assert fresh_cut([0.0, 0.0]) is None


def test_those_who_pay_the_same_are_treated_the_same():
    cut = fresh_cut([100.0] * 10)
    assert cut is not None
    assert cut.segment(100.0) == "key"


def test_many_small_customers_alike_are_the_long_tail():
    cut = fresh_cut([100.0] * 8 + [10.0] * 20)
    assert cut is not None
    assert [cut.segment(arr) for arr in (100.0, 10.0)] == ["key", "long_tail"]
    assert fresh_cut([100.0] * 8 + [40.0] * 3 + [10.0] * 8) == Cut(key=100.0, mid=40.0)


@given(whole_amounts)
def test_the_cut_takes_who_is_taken_one_by_one(arrs):
    cut = fresh_cut(arrs)
    assert cut is not None
    assert sorted(arr for arr in arrs if arr >= cut.key) == slow_key_accounts(arrs, 80)
    within = [one for one in arrs if 100 * sum(arr for arr in arrs if arr >= one) <= 95 * sum(arrs)]
    assert cut.mid == min([cut.key, *within])
    assert cut.mid <= cut.key


@given(whole_amounts, st.randoms(use_true_random=False), st.floats(min_value=0.001, max_value=1000))
def test_neither_order_nor_currency_matters(arrs, chance, worth):
    shuffled = chance.sample(arrs, len(arrs))
    assert fresh_cut(shuffled) == fresh_cut(arrs)
    other = fresh_cut([arr * worth for arr in arrs])
    cut = fresh_cut(arrs)
    assert cut is not None
    assert other == Cut(key=cut.key * worth, mid=cut.mid * worth)


@given(whole_amounts, whole_amounts)
def test_a_steady_cut_is_never_far_from_a_fresh_one_and_then_stays(before, after):
    kept = steady_cut(fresh_cut(before), after)
    fresh = fresh_cut(after)
    assert kept is not None
    assert fresh is not None
    for one, other in ((kept.key, fresh.key), (kept.mid, fresh.mid)):
        assert abs(share_from(after, one) - share_from(after, other)) <= 0.05 + 1e-9
        taken, wanted = (sum(arr >= bound for arr in after) for bound in (one, other))
        assert abs(taken - wanted) <= max(1, wanted // 10)
    assert steady_cut(kept, after) == kept


def test_a_little_change_in_a_portfolio_moves_nobody():
    arrs = [float(1000 - number) for number in range(100)]
    cut = fresh_cut(arrs)
    assert fresh_cut([*arrs, 500.0, 400.0]) != cut
    assert steady_cut(cut, [*arrs, 500.0, 400.0]) == cut


def test_a_customer_who_is_half_of_the_portfolio_moves_the_cut():
    arrs = [100.0, 90.0, 80.0, 10.0, 10.0]
    assert steady_cut(fresh_cut(arrs), [*arrs, 5_000.0]) == Cut(key=5_000.0, mid=5_000.0)


def test_a_giant_among_many_small_customers_leaves_them_no_key_accounts():
    arrs = [float(100 + number) for number in range(100)]
    assert steady_cut(fresh_cut(arrs), [*arrs, 1e9]) == Cut(key=1e9, mid=1e9)


@pytest.mark.parametrize("arrs", [[], [0.0]])
def test_a_portfolio_that_nobody_pays_any_more_keeps_its_cut(arrs):
    assert steady_cut(Cut(key=5.0, mid=2.0), arrs) == Cut(key=5.0, mid=2.0)
