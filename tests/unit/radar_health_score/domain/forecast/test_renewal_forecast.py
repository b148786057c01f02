"""The coming quarters, from the renewal probability of every contract.

Worked out by hand, as of 1 October 2026, with 1,000 of ARR in force:

| contract | due | ARR | to renew | expected loss |
| --- | --- | --- | --- | --- |
| a | 2026-11-01 (Q4) | 400 | 0.9 | 40 |
| b | 2026-12-01 (Q4) | 100 | 0.4 | 60 |
| c | 2027-02-01 (Q1) | 300 | 0.8 | 60 |
| d | 2028-01-01 (later) | 200 | 0.5 | – |

Q4 loses 100 of 1,000, so GRR is 0.9 and 900 are expected to be left; Q1 loses 60 of these: 1 - 60/900 = 0.9333….
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_health_score.domain.forecast.renewal_forecast import (
    FEW_RENEWALS,
    NO_BASE,
    Assumptions,
    DueContract,
    Estimate,
    QuarterForecast,
    forecast_quarters,
)
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.workspace.calendar_periods import period_of, periods_from

TODAY = date(2026, 10, 1)
QUARTERS = tuple((one.first, one.last) for one in islice(periods_from(TODAY, "quarter"), 4))
A = DueContract(renews_on=date(2026, 11, 1), arr=400, probability=0.9)
B = DueContract(renews_on=date(2026, 12, 1), arr=100, probability=0.4)
C = DueContract(renews_on=date(2027, 2, 1), arr=300, probability=0.8)
D = DueContract(renews_on=date(2028, 1, 1), arr=200, probability=0.5)
UNCHANGED = [1.0] * 20
ALONE = Assumptions(correlation=0.0)


def told(value: Estimate | Missing) -> Estimate:
    assert isinstance(value, Estimate), value
    return value


def expected(forecasts: tuple[QuarterForecast, ...]) -> list[float]:
    return [told(one.arr_at_risk).expected for one in forecasts]


def test_losses_and_grr_as_worked_out_by_hand() -> None:
    forecasts = forecast_quarters([A, B, C, D], QUARTERS)
    assert expected(forecasts) == pytest.approx([100, 60, 0, 0])
    assert [one.due_arr for one in forecasts] == [500, 300, 0, 0]
    assert [one.contracts for one in forecasts] == [2, 1, 0, 0]
    assert told(forecasts[0].grr).expected == pytest.approx(0.9)
    assert told(forecasts[1].grr).expected == pytest.approx(1 - 60 / 900)
    assert told(forecasts[2].grr).expected == 1


def test_a_quarter_says_how_much_of_it_each_source_speaks_of() -> None:
    quick = DueContract(renews_on=date(2026, 11, 1), arr=50, probability=0.9, term_days=90, source="model")
    unknown = DueContract(renews_on=date(2026, 12, 3), arr=10, probability=None)
    by_card = [replace(one, source="scorecard") for one in (A, B, C)]
    forecasts = forecast_quarters([*by_card, quick, unknown], QUARTERS)
    parts = [[(part.source, part.contracts, part.arr) for part in one.sources] for one in forecasts]
    assert parts == [
        [("model", 1, 50), ("scorecard", 2, 500), ("none", 1, 10)],
        [("model", 1, 50), ("scorecard", 1, 300)],
        [("model", 1, 50)],
        [("model", 1, 50)],
    ]
    for one in forecasts:
        assert sum(part.contracts for part in one.sources) == one.contracts
        assert sum(part.arr for part in one.sources) == pytest.approx(one.due_arr)


def test_of_whom_nobody_noted_who_spoke_no_source_is_named() -> None:
    (quarter, *_) = forecast_quarters([replace(A, source=None), replace(B, source="model")], QUARTERS)
    assert quarter.contracts == 2
    assert [(part.source, part.contracts) for part in quarter.sources] == [("model", 1)]


def test_of_a_single_contract_the_interval_is_all_or_nothing() -> None:
    (quarter, *_) = forecast_quarters([replace(B, probability=0.5)], QUARTERS)
    assert told(quarter.arr_at_risk) == Estimate(expected=50, low=0, high=100)
    assert told(quarter.grr) == Estimate(expected=0.5, low=0, high=1)


def test_what_renewals_added_before_they_add_again() -> None:
    # Half of the past renewals grew by 20%, half shrank by 10%: GRR loses 5% of what renews, NRR gains 5% net.
    forecasts = forecast_quarters([replace(A, probability=1.0)], QUARTERS, renewed_at=[1.2, 0.9] * 20)
    assert told(forecasts[0].grr).expected == pytest.approx(0.95, abs=0.002)
    assert told(forecasts[0].nrr).expected == pytest.approx(1.05, abs=0.003)


def test_without_past_renewals_nrr_is_not_told() -> None:
    assert forecast_quarters([A], QUARTERS, renewed_at=[1.1] * 19)[0].nrr == FEW_RENEWALS
    assert told(forecast_quarters([A], QUARTERS, renewed_at=UNCHANGED)[0].nrr).expected == pytest.approx(0.9)


def test_a_contract_that_is_overdue_is_due_now() -> None:
    overdue = replace(A, renews_on=TODAY - timedelta(days=40))
    assert forecast_quarters([overdue], QUARTERS)[0].due_arr == 400


def test_a_short_term_comes_up_again_and_again() -> None:
    # A month at 0.9: due on 15 October, November, December, so 0.9^3 = 0.729 are left at the end of the year.
    monthly = DueContract(renews_on=date(2026, 10, 15), arr=100, probability=0.9, term_days=30)
    forecasts = forecast_quarters([monthly], QUARTERS)
    assert expected(forecasts)[0] == pytest.approx(100 * (1 - 0.9**3))
    assert sum(expected(forecasts)) == pytest.approx(100 * (1 - 0.9**12))


def test_later_renewals_may_have_another_probability() -> None:
    # Half a year at 0.6, then at 0.9: 40 are lost in the fourth quarter, 6 of the 60 left in the second of 2027.
    half_a_year = DueContract(renews_on=date(2026, 11, 1), arr=100, probability=0.6, term_days=182, later=0.9)
    forecasts = forecast_quarters([half_a_year], QUARTERS)
    assert expected(forecasts) == pytest.approx([40, 0, 6, 0])
    once = replace(half_a_year, term_days=None)
    assert forecast_quarters([once], QUARTERS) == forecast_quarters([replace(once, later=None)], QUARTERS)


def test_so_may_those_of_many_small_contracts() -> None:
    small = [replace(A, probability=0.6, arr=1 + at / 1_000, term_days=182, later=0.9) for at in range(400)]
    alone = forecast_quarters(small, QUARTERS, assumptions=ALONE)
    total = sum(one.arr for one in small)
    assert expected(alone) == pytest.approx([0.4 * total, 0, 0.06 * total, 0])
    spread = (sum(one.arr**2 for one in small) * 0.06 * 0.94) ** 0.5
    loss = told(alone[2].arr_at_risk)
    assert (loss.high - loss.low) / 2 == pytest.approx(1.2816 * spread, rel=0.1)


def test_what_has_no_probability_is_said_not_guessed() -> None:
    unknown = DueContract(renews_on=date(2027, 2, 2), arr=100, probability=None)
    forecasts = forecast_quarters([A, B, C, unknown], QUARTERS)
    assert told(forecasts[0].grr).expected == pytest.approx(1 - 100 / 900)
    assert forecasts[1].arr_at_risk == Missing("25% of the ARR due has no renewal probability")
    assert all(isinstance(one.grr, Missing) for one in forecasts[1:])


def test_a_little_that_is_unknown_is_taken_for_average() -> None:
    unknown = DueContract(renews_on=date(2026, 12, 2), arr=50, probability=None)
    known = DueContract(renews_on=date(2026, 12, 2), arr=950, probability=0.8)
    assert expected(forecast_quarters([known, unknown], QUARTERS))[0] == pytest.approx(200)


def test_without_arr_there_is_nothing_to_retain() -> None:
    (quarter, *_) = forecast_quarters([], QUARTERS)
    assert (quarter.contracts, quarter.grr, quarter.nrr) == (0, NO_BASE, NO_BASE)


def many(count: int) -> list[DueContract]:
    chance = np.random.default_rng(7)
    return [
        DueContract(
            renews_on=TODAY + timedelta(days=int(day)), arr=float(arr), probability=float(probability)
        )
        for day, arr, probability in zip(
            chance.integers(0, 92, count),
            chance.lognormal(9, 1, count),
            chance.beta(8, 2, count),
            strict=True,
        )
    ]


def test_the_interval_is_that_of_the_exact_distribution() -> None:
    # Of 40 equal contracts, the number lost is binomial: 10% lie below 5, 10% above 11 (n = 40, p = 0.2).
    equal = [DueContract(renews_on=TODAY, arr=1, probability=0.8)] * 40
    loss = told(forecast_quarters(equal, QUARTERS, assumptions=ALONE)[0].arr_at_risk)
    assert (loss.low, loss.high) == (5, 11)
    assert loss.expected == pytest.approx(8)


def test_many_small_contracts_have_the_interval_of_their_sum() -> None:
    contracts = many(2_000)
    loss = told(forecast_quarters(contracts, QUARTERS, assumptions=ALONE)[0].arr_at_risk)
    spread = (
        sum(one.arr**2 * (one.probability or 0) * (1 - (one.probability or 0)) for one in contracts) ** 0.5
    )
    assert (loss.high - loss.low) / 2 == pytest.approx(1.2816 * spread, rel=0.05)
    assert loss.expected == pytest.approx(sum(one.arr * (1 - (one.probability or 0)) for one in contracts))


def test_a_common_fate_widens_the_interval_and_leaves_the_mean() -> None:
    alone = told(forecast_quarters(many(500), QUARTERS, assumptions=ALONE)[0].arr_at_risk)
    together = told(forecast_quarters(many(500), QUARTERS)[0].arr_at_risk)
    assert together.expected == alone.expected
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_the_same_contracts_in_any_order_give_the_same_forecast() -> None:
    contracts = many(400)
    assert forecast_quarters(contracts, QUARTERS) == forecast_quarters(contracts[::-1], QUARTERS)


contract = st.builds(
    DueContract,
    renews_on=st.dates(TODAY - timedelta(days=90), TODAY + timedelta(days=500)),
    arr=st.floats(1, 1e6),
    probability=st.floats(0, 1),
    term_days=st.none() | st.integers(28, 400),
    later=st.none() | st.floats(0, 1),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(contract, min_size=1, max_size=8))
def test_no_more_is_lost_than_there_is_and_intervals_are_in_order(contracts: list[DueContract]) -> None:
    forecasts = forecast_quarters(contracts, QUARTERS, renewed_at=UNCHANGED)
    total = sum(one.arr for one in contracts)
    assert -1e-6 <= sum(expected(forecasts)) <= total * (1 + 1e-9)
    for one in forecasts:
        loss = told(one.arr_at_risk)
        assert 0 <= loss.low <= loss.high <= total * (1 + 1e-9)
        if isinstance(one.grr, Estimate):
            assert -1e-9 <= one.grr.low <= one.grr.high <= 1 + 1e-9
            assert one.grr == one.nrr


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["month", "quarter"]))
def test_periods_follow_one_another_without_a_gap(day: date, every: str) -> None:
    following = list(islice(periods_from(day, every), 14))  # type: ignore[arg-type]
    assert following[0].first <= day <= following[0].last
    assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(following))


def test_periods_have_names() -> None:
    day = date(2026, 11, 18)
    assert (period_of(day, "quarter").name, period_of(day, "month").name) == ("2026-Q4", "2026-11")
    assert period_of(day, "quarter").first == date(2026, 10, 1)
