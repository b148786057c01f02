"""ARR over time against T2D3, and cohorts, worked out by hand.

Three accounts, MRR in thousand EUR:

| account | 2020-01-01 | 2021-01-01 | 2022-01-01 | 2023-01-01 |
| --- | --- | --- | --- | --- |
| early | 100 | 250 (expanded) | 250 | churned |
| second | – | 200 | 200 | 300 (expanded) |
| third (begins 2021-02-15) | – | 50 | 50 | 50 |
"""

from datetime import date, timedelta
from itertools import takewhile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.revenue import revenue_on, spans
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.portfolio.arr_path import ArrPath, revenue_steps
from radar_health_score.domain.portfolio.cohorts import Triangle, cohort_of
from radar_health_score.domain.portfolio.growth import UNDATED, Growth, t2d3
from radar_health_score.domain.workspace.calendar_periods import period_of, periods_from
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.scalars import Money
from tests.support.portfolios import portfolios

PLAIN = Rates()


def eur(amount: float) -> Money:
    return Money(amount=amount, currency="EUR")


def year(contract_id: str, begins: date, mrr: float, outcome: Any = None) -> Contract:
    ends = begins.replace(year=begins.year + 1)
    closing = Closing(on=ends, outcome=outcome) if outcome else None
    return Contract(
        contract_id=contract_id, starts_on=begins, renews_on=ends, mrr=eur(mrr * 1000), closing=closing
    )


def january(of: int) -> date:
    return date(of, 1, 1)


EARLY = (
    year("e", january(2020), 100, "expanded"),
    year("e", january(2021), 250, "renewed"),
    year("e", january(2022), 250, "churned"),
)
SECOND = (
    year("s", january(2021), 200, "renewed"),
    year("s", january(2022), 200, "expanded"),
    year("s", january(2023), 300),
)
THIRD = (Contract(contract_id="t", starts_on=date(2021, 2, 15), mrr=eur(50_000)),)
TODAY = date(2023, 6, 30)


def path_of(*accounts: tuple[Contract, ...]) -> ArrPath:
    path = ArrPath()
    for contracts in accounts:
        path.add(revenue_steps(contracts, PLAIN))
    return path


def test_arr_on_any_day_is_twelve_times_the_mrr_in_force() -> None:
    days = [date(2019, 12, 31), january(2020), january(2021), date(2021, 2, 15), january(2023)]
    path = path_of(EARLY, SECOND, THIRD)
    assert path.on(days, "EUR") == pytest.approx([0, 1_200_000, 5_400_000, 6_000_000, 4_200_000])


def test_t2d3_runs_from_the_day_on_which_arr_first_reached_the_base() -> None:
    # 2 M is reached on 1 January 2021 with 5.4 M; a year later T2D3 has 16.2 M and there are 6.0 M.
    found = t2d3(path_of(EARLY, SECOND, THIRD), "EUR", 2_000_000, TODAY)
    assert isinstance(found, Growth)
    assert found.began == january(2021)
    assert found.arr == pytest.approx(5_400_000)
    assert [one.target for one in found.years] == pytest.approx(
        [16_200_000, 48_600_000, 97_200_000, 194_400_000, 388_800_000]
    )
    assert [one.day.year for one in found.years] == [2022, 2023, 2024, 2025, 2026]
    first, second, third, *_ = found.years
    assert [first.actual, first.grown] == pytest.approx([6_000_000, 6.0 / 5.4])
    assert [second.actual, second.grown] == pytest.approx([4_200_000, 0.7])
    assert (third.actual, third.grown) == (None, None)


def test_who_is_still_small_is_told_so() -> None:
    missing = t2d3(path_of(THIRD), "EUR", 2_000_000, TODAY)
    assert missing == Missing("ARR is below 2,000,000 EUR (health.growth_from)")


def test_contracts_without_a_beginning_have_no_anniversary() -> None:
    undated = (Contract(contract_id="c1", mrr=eur(1_000_000)),)
    assert t2d3(path_of(undated), "EUR", 2_000_000, TODAY) == UNDATED


def test_a_cohort_is_who_began_in_the_same_quarter() -> None:
    triangle = Triangle("quarter", TODAY, PLAIN)
    for contracts in (EARLY, SECOND, THIRD, ()):
        triangle.add(contracts)
    first, second = (triangle.cohorts[period_of(day, "quarter")] for day in (january(2020), january(2021)))
    # The first cohort has 100 at first, 250 from its fifth quarter on, and nothing from 2023 (the 13th) on.
    assert (first.logos, first.mrr, len(first.ages)) == (1, {"EUR": 100_000}, 14)
    assert [first.ages[at].logos for at in (0, 4, 11, 12, 13)] == [1, 1, 1, 0, 0]
    assert [first.ages[at].mrr.get("EUR", 0) for at in (0, 4, 12)] == [100_000, 250_000, 0]
    assert [first.ages[at].gross.get("EUR", 0) for at in (0, 4, 12)] == [100_000, 100_000, 0]
    # The second and the third began in the same quarter: 250 at first, 350 in the ninth.
    assert (second.logos, second.mrr, second.ages[8].mrr) == (2, {"EUR": 250_000}, {"EUR": 350_000})
    assert second.ages[8].gross == {"EUR": 250_000}


def test_contracts_without_a_beginning_are_counted_apart() -> None:
    triangle = Triangle("month", TODAY, PLAIN)
    triangle.add((Contract(contract_id="c1", mrr=eur(1)),))
    triangle.add((year("c2", january(2024), 1),))
    assert (triangle.cohorts, triangle.unknown) == ({}, 1)
    assert cohort_of((Contract(contract_id="c1"),), "month") is None


def test_a_trial_alone_is_in_no_cohort_and_no_contract_without_a_beginning() -> None:
    triangle = Triangle("month", TODAY, PLAIN)
    triangle.add((Contract(contract_id="c1", starts_on=january(2021), mrr=eur(0), trial=True),))
    assert (triangle.cohorts, triangle.unknown) == ({}, 0)


@given(portfolios, st.dates(date(2020, 1, 1), date(2027, 1, 1)))
def test_the_path_gives_on_each_day_what_the_accounts_paid_on_it(
    accounts: list[tuple[Contract, ...]], day: date
) -> None:
    days = [day + timedelta(days=ahead) for ahead in (0, 1, 30, 400)]
    path = path_of(*accounts)
    for currency in ("EUR", "USD"):
        naive = [
            12
            * sum(revenue_on(spans(contracts), one, PLAIN).mrr.get(currency, 0.0) for contracts in accounts)
            for one in days
        ]
        assert path.on(days, currency) == pytest.approx(naive, abs=1e-6)


@given(portfolios, st.sampled_from(["month", "quarter"]))
def test_the_triangle_is_that_of_a_plain_reading(accounts: list[tuple[Contract, ...]], every: Any) -> None:
    triangle = Triangle(every, TODAY, PLAIN)
    for contracts in accounts:
        triangle.add(contracts)
    for period, cohort in triangle.cohorts.items():
        mine = [one for one in accounts if cohort_of(one, every) == period]
        periods = takewhile(lambda one: one.first <= TODAY, periods_from(period.first, every))
        days = [min(one.last, TODAY) for one in periods]
        assert len(days) == len(cohort.ages)
        for day, kept in zip(days, cohort.ages, strict=True):
            paid = [revenue_on(spans(one), day, PLAIN) for one in mine]
            assert kept.logos == sum(one.customer for one in paid)
            for currency, amount in kept.mrr.items():
                assert amount == pytest.approx(sum(one.mrr.get(currency, 0.0) for one in paid))


@given(portfolios)
def test_every_account_that_has_begun_is_in_one_cohort(accounts: list[tuple[Contract, ...]]) -> None:
    triangle = Triangle("quarter", TODAY, PLAIN)
    for contracts in accounts:
        triangle.add(contracts)
    begun = [one for one in accounts if any(term.starts_on and term.starts_on <= TODAY for term in one)]
    assert sum(cohort.logos for cohort in triangle.cohorts.values()) == len(begun)
    for cohort in triangle.cohorts.values():
        for kept in cohort.ages:
            assert kept.logos <= cohort.logos
            for currency, amount in kept.gross.items():
                assert amount <= cohort.mrr.get(currency, 0.0) + 1e-9
                assert amount <= kept.mrr[currency] + 1e-9
