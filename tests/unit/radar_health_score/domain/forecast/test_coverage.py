from datetime import date, timedelta

import numpy as np
import pytest

from radar_health_score.domain.forecast.case import Case, churned_of
from radar_health_score.domain.forecast.coverage import Coverage, coverage_of, quarters_between
from radar_health_score.domain.forecast.simple_rules import Scorecard
from tests.support.forecast import case

FIRST = date(2024, 1, 1)
YEARS = list(quarters_between(FIRST, date(2029, 12, 31)))


def renewals(
    quarters: list[tuple[date, date]], *, each: int = 40, risk: float = 0.3, seed: int = 5
) -> list[Case]:
    """Return contracts due in the middle of each quarter that churn with this probability."""
    generator = np.random.default_rng(seed)
    return [
        case(
            f"a{at}-{n}", churned=bool(generator.random() < risk), renews_on=first + timedelta(days=45), lead=45,
            scorecard=risk, arr=float(generator.integers(1_000, 9_000)),
        )
        for at, (first, _) in enumerate(quarters)
        for n in range(each)
    ]  # fmt: skip


def told(
    cases: list[Case], *, risk: float | None = None, quarters: list[tuple[date, date]] = YEARS
) -> list[Coverage]:
    said = np.full(len(cases), np.nan if risk is None else risk)
    return list(coverage_of(Scorecard(), cases, said, quarters))


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
    cases = renewals(YEARS[:1])
    (found,) = told(cases, risk=0.3)
    (quarter,) = found.quarters
    arr = np.array([one.arr.amount if one.arr else 0.0 for one in cases])
    assert quarter.lost == pytest.approx(float((arr * churned_of(cases)).sum()))
    assert (quarter.due_arr, quarter.expected) == pytest.approx((arr.sum(), 0.3 * arr.sum()))


def test_a_contract_whose_outcome_is_not_known_is_left_out_and_its_share_told() -> None:
    silent = case("open", churned=None, renews_on=YEARS[1][0] + timedelta(days=3), lead=3)
    (all_told,) = told(renewals(YEARS[:2]), risk=0.3)
    (found,) = told([*renewals(YEARS[:2]), silent], risk=0.3)
    assert [(one.first, one.left_out) for one in found.quarters] == [(YEARS[0][0], 0), (YEARS[1][0], 1)]
    assert [one.lost for one in found.quarters] == [one.lost for one in all_told.quarters]
    assert found.left_out == pytest.approx(1 / 81)
    assert (all_told.caveat(), found.caveat()[:30]) == ("", " 1.2% of the contracts due are")


def test_currencies_are_told_apart_and_few_contracts_are_not_told_of() -> None:
    dollars = [case(f"d{n}", renews_on=FIRST + timedelta(days=9), lead=9, currency="USD") for n in range(4)]
    (found,) = told([*renewals(YEARS[:1]), *dollars], risk=0.3)
    assert found.currency == "EUR"


def test_who_gives_no_probability_gives_no_interval() -> None:
    assert told(renewals(YEARS[:2])) == []
