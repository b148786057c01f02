from datetime import date, timedelta
from statistics import NormalDist

import numpy as np
import pytest

from radar_health_score.domain.forecast.baselines import Scorecard
from radar_health_score.domain.forecast.coverage import (
    AHEAD,
    coverage_in_words,
    coverage_of,
    quarters_between,
    years_from,
)
from radar_health_score.domain.forecast.observation import Observation, churned_of
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.forecast.renewal_forecast import (
    Assumptions,
    DueContract,
    Estimate,
    forecast_quarters,
)
from radar_vocabulary.answers.backtests import Coverage, CoverageCount
from tests.support.forecast import observation

FIRST = date(2024, 1, 1)
YEARS = list(quarters_between(FIRST, date(2029, 12, 31)))


def renewals(
    quarters: list[tuple[date, date]], *, each: int = 40, risk: float = 0.3, seed: int = 5
) -> list[Observation]:
    """Return contracts due in the middle of each quarter that churn with this probability."""
    generator = np.random.default_rng(seed)
    return [
        observation(
            f"a{at}-{n}", churned=bool(generator.random() < risk), renews_on=first + timedelta(days=45), lead=45,
            scorecard=risk, arr=float(generator.integers(1_000, 9_000)),
        )
        for at, (first, _) in enumerate(quarters)
        for n in range(each)
    ]  # fmt: skip


def told(
    observations: list[Observation], *, risk: float | None = None, quarters: list[tuple[date, date]] = YEARS
) -> list[Coverage]:
    said = np.full(len(observations), np.nan if risk is None else risk)
    return list(coverage_of(Scorecard(), observations, said, quarters))


def test_quarters_are_whole_ones_of_the_calendar() -> None:
    assert list(quarters_between(date(2025, 2, 1), date(2025, 12, 30))) == [
        (date(2025, 4, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2025, 9, 30)),
    ]
    assert list(quarters_between(date(2025, 10, 1), date(2025, 12, 31))) == [
        (date(2025, 10, 1), date(2025, 12, 31))
    ]
    assert list(quarters_between(date(2025, 10, 2), date(2025, 12, 31))) == []


def test_where_the_probability_is_right_intervals_hold_about_as_often_as_they_say() -> None:
    (found,) = told(renewals(YEARS), risk=0.3)
    assert len(found.quarters) == len(YEARS)
    assert found.level == 0.8
    assert found.covered >= 0.8  # contracts of a sample are independent, intervals allow for common fate


def test_where_the_probability_is_wrong_they_do_not() -> None:
    (found,) = told(renewals(YEARS), risk=0.02)
    assert found.covered < 0.2


def test_what_was_lost_is_the_arr_of_those_that_churned() -> None:
    observations = renewals(YEARS[:1])
    (found,) = told(observations, risk=0.3)
    (quarter,) = found.quarters
    arr = np.array([one.arr.amount if one.arr else 0.0 for one in observations])
    assert quarter.lost == pytest.approx(float((arr * churned_of(observations)).sum()))
    assert (quarter.due_arr, quarter.expected) == pytest.approx((arr.sum(), 0.3 * arr.sum()))


def test_a_contract_whose_outcome_is_not_known_is_left_out_and_its_share_told() -> None:
    silent = observation("open", churned=None, renews_on=YEARS[1][0] + timedelta(days=3), lead=3)
    (all_told,) = told(renewals(YEARS[:2]), risk=0.3)
    (found,) = told([*renewals(YEARS[:2]), silent], risk=0.3)
    assert [(one.first, one.left_out) for one in found.quarters] == [(YEARS[0][0], 0), (YEARS[1][0], 1)]
    assert [one.lost for one in found.quarters] == [one.lost for one in all_told.quarters]
    assert found.left_out == pytest.approx(1 / 81)
    left_out = " 1.2% of due contracts are excluded: their outcome is unknown."
    assert coverage_in_words(found).endswith(left_out)
    assert "excluded" not in coverage_in_words(all_told)


def test_currencies_are_told_apart_and_few_contracts_are_not_told_of() -> None:
    dollars = [
        observation(f"d{n}", renews_on=FIRST + timedelta(days=9), lead=9, currency="USD") for n in range(4)
    ]
    (found,) = told([*renewals(YEARS[:1]), *dollars], risk=0.3)
    assert found.currency == "EUR"


def yearly(quarters: list[tuple[date, date]], *, churned: int, risk: float = 0.25) -> list[Observation]:
    """Return contracts of a year due in the last of four quarters, seen on the first day of each of them."""
    (first, *_), day = quarters[0], quarters[3][0] + timedelta(days=10)
    return [
        observation(
            f"a{n}", churned=n < churned, renews_on=day, lead=(day - seen).days, scorecard=risk, arr=100.0, term=365
        )
        for n in range(20)
        for seen, _ in quarters
        if first <= seen
    ]  # fmt: skip


def test_a_quarter_is_foretold_from_each_of_the_three_before_it_too() -> None:
    (found,) = told(yearly(YEARS[:4], churned=5), risk=0.25, quarters=YEARS[:4])
    assert {one.first for one in found.quarters} == {YEARS[3][0]}
    assert sorted(one.ahead for one in found.quarters) == [1, 2, 3, 4]
    assert {(one.contracts, one.due_arr, one.expected, one.lost) for one in found.quarters} == {
        (20, 2_000.0, 500.0, 500.0)
    }
    assert found.held() == tuple(CoverageCount(ahead=ahead, quarters=1, inside=1) for ahead in range(1, 5))
    assert found.covered == 1


def test_a_short_term_is_judged_each_time_it_comes_up() -> None:
    # Half a year at 0.5, due in the middle of the first quarter and of the third: 20, then 10 of 40 are expected.
    due = FIRST + timedelta(days=45)
    fates = [(True, ()), (False, (True,)), (False, (False,)), (False, (False,))] * 10
    observations = [
        observation(f"a{n}", churned=churned, then=then, renews_on=due, lead=45, arr=1.0, term=182)
        for n, (churned, then) in enumerate(fates)
    ]
    (found,) = told(observations, risk=0.5, quarters=YEARS[:4])
    assert [(one.ahead, one.contracts, one.lost) for one in found.quarters] == [(1, 40, 10.0), (3, 40, 10.0)]
    assert [one.expected for one in found.quarters] == pytest.approx([20.0, 10.0])


def test_who_is_known_to_the_end_of_one_quarter_may_be_left_out_of_a_later_one() -> None:
    due = FIRST + timedelta(days=45)
    observations = [
        observation(
            f"a{n}", churned=False, then=(False,) * (n < 6), renews_on=due, lead=45, arr=1.0, term=182
        )
        for n in range(10)
    ]
    (found,) = told(observations, risk=0.2, quarters=YEARS[:4])
    assert [(one.ahead, one.contracts, one.left_out) for one in found.quarters] == [(1, 10, 0), (3, 6, 4)]


def test_a_year_is_looked_at_from_each_quarter_as_far_as_there_are_quarters() -> None:
    assert AHEAD == 4
    assert years_from(YEARS[:5]) == [
        (YEARS[0][0], YEARS[3][1]), (YEARS[1][0], YEARS[4][1]), *((first, YEARS[4][1]) for first, _ in YEARS[2:5])
    ]  # fmt: skip


@pytest.mark.parametrize("correlation", [0.0, 0.05, 0.2])
@pytest.mark.parametrize("again", [None, 0.8])
def test_intervals_of_each_quarter_hold_four_times_of_five_where_contracts_behave_as_is_assumed(
    correlation: float, again: float | None
) -> None:
    generator = np.random.default_rng(11)
    worth, due = generator.lognormal(8, 0.7, 200), generator.integers(0, 182, 200)
    stays = 1 - generator.beta(2, 6, 200)
    contracts = [
        DueContract(
            renews_on=FIRST + timedelta(days=int(day)), arr=float(arr), probability=float(p), term_days=182, later=again
        )
        for day, arr, p in zip(due, worth, stays, strict=True)
    ]  # fmt: skip
    foretold = forecast_quarters(contracts, YEARS[:AHEAD], assumptions=Assumptions(correlation=correlation))
    lost = _lost(contracts, correlation, years=2_000)
    for at, one in enumerate(foretold):
        assert isinstance(one.arr_at_risk, Estimate)
        low, high = one.arr_at_risk.low, one.arr_at_risk.high
        assert ((low <= lost[:, at]) & (lost[:, at] <= high)).mean() == pytest.approx(0.8, abs=0.04)
        # Who renewed did so in good times rather than bad, so the draws of second renewals lie a little lower.
        off = 4 * lost[:, at].std() / len(lost) ** 0.5 + (at >= 2) * correlation * one.arr_at_risk.expected
        assert one.arr_at_risk.expected == pytest.approx(lost[:, at].mean(), abs=off)


def _lost(contracts: list[DueContract], correlation: float, *, years: int) -> FloatArray:
    """Return what is lost in each quarter of so many years alike, told contract by contract and renewal by renewal."""
    generator = np.random.default_rng(12)
    lost = np.zeros((years, AHEAD))
    factor = generator.standard_normal(years)
    for one in contracts:
        there = np.ones(years, bool)
        for at, (first, last) in enumerate(YEARS[:AHEAD]):
            for time in range(one.times_by(first - timedelta(days=1)), one.times_by(last)):
                chance = one.probability if time == 0 or one.later is None else one.later
                assert chance is not None
                inner = NormalDist().inv_cdf(chance) - correlation**0.5 * factor
                renews = generator.standard_normal(years) * (1 - correlation) ** 0.5 < inner
                lost[:, at] += one.arr * (there & ~renews)
                there &= renews
    return lost


def test_who_gives_no_probability_gives_no_interval() -> None:
    assert told(renewals(YEARS[:2])) == []
