"""Use of features, first in one account, then over several."""

import pytest

from radar_health_score.domain.account.day_tally import DayTally
from radar_health_score.domain.portfolio.feature_use import (
    NO_ACTIVE,
    NOT_BEFORE,
    NOT_USED,
    TOO_YOUNG,
    AccountUse,
    FeatureSums,
    account_use,
    adoption,
    frequency,
    only_key_feature,
    trend,
)

TODAY = 740_000
EXPORT, SHARE, LOGIN = 1, 2, 3
NAMES = {EXPORT: "export", SHARE: "share"}


def day(back: int, *uses: tuple[int, int, int]) -> tuple[int, bytes]:
    """Return the stored day so long ago with (feature, user, uses)."""
    at = 1_000_000 * (TODAY - back)
    tally = DayTally(at)
    for feature, user, count in uses:
        tally.add(feature, user, count, 0, at)
    return TODAY - back, tally.encode()


def used(*days: tuple[int, bytes]) -> AccountUse:
    return account_use(days, NAMES, TODAY)["export"]


def test_two_windows_of_28_days_are_told_apart_and_older_use_is_left_out() -> None:
    days = [day(back, (EXPORT, 1, 10**place)) for place, back in enumerate((0, 27, 28, 55, 56))]
    use = used(*days, day(-1, (EXPORT, 1, 99)))
    assert (use.uses, use.before, use.last_at) == (11, 1100, 1_000_000 * TODAY)


def test_a_user_counts_once_and_late_rows_of_a_day_add_up() -> None:
    use = used(day(3, (EXPORT, 1, 1), (EXPORT, 2, 1)), day(3, (EXPORT, 2, 1)), day(9, (EXPORT, 3, 1)), day(40, (EXPORT, 4, 1)))  # fmt: skip
    assert (use.uses, use.users()) == (4, 3)


def test_only_features_that_are_wanted_are_seen() -> None:
    found = account_use([day(1, (LOGIN, 1, 5), (SHARE, 1, 1))], NAMES, TODAY)
    assert found.keys() == {"share"}


def summed() -> FeatureSums:
    sums = FeatureSums()
    sums.add(used(day(1, (EXPORT, 1, 6), (EXPORT, 2, 2)), day(30, (EXPORT, 1, 4))), {"EUR": 1200.0})
    sums.add(used(day(2, (EXPORT, 1, 4))), {"EUR": 600.0, "USD": 50.0})
    sums.add(used(day(31, (EXPORT, 1, 4))), {"EUR": 9999.0})
    return sums


def test_accounts_add_up_and_revenue_is_that_of_those_who_use_it_now() -> None:
    sums = summed()
    assert [sums.accounts, sums.before, sums.users, sums.uses, sums.uses_before] == [2, 2, 3, 12, 8]
    assert sums.arr == {"EUR": 1800.0, "USD": 50.0}


def test_adoption_frequency_and_trend() -> None:
    sums = summed()
    assert adoption(sums, 8) == pytest.approx(0.25)
    assert frequency(sums) == 6
    assert trend(sums, 56) == pytest.approx(0.5)


def test_what_cannot_be_told_is_missing_with_a_reason() -> None:
    sums = FeatureSums()
    assert (adoption(sums, 0), frequency(sums), trend(sums, 400), trend(summed(), 55)) == (
        NO_ACTIVE, NOT_USED, NOT_BEFORE, TOO_YOUNG,
    )  # fmt: skip


def test_what_retiring_a_feature_would_cost_most_is_told_apart() -> None:
    sums = FeatureSums()
    sums.add(used(day(1, (EXPORT, 1, 1))), {"EUR": 100.0}, {"EUR": 40.0}, only_key=True)
    sums.add(used(day(1, (EXPORT, 1, 1))), {"EUR": 10.0}, {"USD": 5.0})
    sums.add(used(day(40, (EXPORT, 1, 1))), {"EUR": 1000.0}, {"EUR": 1000.0}, only_key=True)
    assert (sums.arr_due, sums.only_key, sums.arr_only_key) == ({"EUR": 40.0, "USD": 5.0}, 1, {"EUR": 100.0})


def test_a_key_feature_stands_alone_where_no_other_was_used_in_the_window() -> None:
    def only(*days: tuple[int, bytes]) -> str | None:
        return only_key_feature(account_use(days, NAMES, TODAY), {"export", "share"}.__contains__)

    assert only(day(1, (EXPORT, 1, 1)), day(40, (SHARE, 1, 1))) == "export"
    assert only(day(1, (EXPORT, 1, 1), (SHARE, 2, 1))) is None
    assert only(day(40, (EXPORT, 1, 1))) is None
