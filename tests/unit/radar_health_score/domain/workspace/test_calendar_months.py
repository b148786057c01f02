from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.workspace.calendar_months import first_day, month_of, months_before


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 18), 12, date(2025, 11, 18)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 12, 31), 60, date(2021, 12, 31)),
    ],
)
def test_months_are_counted_back_on_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_months_number_grows_by_one_with_the_month_after_its_last_day(day: date) -> None:
    month = month_of(day)
    first, after = first_day(month), first_day(month + 1)
    assert first <= day < after
    assert (first.year, first.month, first.day) == (day.year, day.month, 1)
    assert month_of(after - timedelta(days=1)) == month
