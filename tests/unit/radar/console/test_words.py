"""Numbers, days and times read the same everywhere."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from radar.console import words
from radar_vocabulary.contracts.scalars import Money

BERLIN = ZoneInfo("Europe/Berlin")


def test_money_is_an_amount_with_its_currency() -> None:
    assert words.money(Money(amount=1234.4, currency="EUR")) == "1,234 EUR"
    assert words.money(None) == "–"


def test_sums_of_several_currencies_stand_side_by_side_the_largest_first() -> None:
    sums = [Money(amount=5, currency="USD"), Money(amount=9000, currency="EUR")]
    assert words.monies(sums) == "9,000 EUR + 5 USD"
    assert words.monies([]) == "–"


@pytest.mark.parametrize(
    ("value", "text"), [(6.14, "+6.1"), (-6.16, "−6.2"), (0.04, "0.0"), (-0.04, "0.0"), (1234.0, "+1,234.0")]
)
def test_points_carry_a_sign_unless_they_round_to_nothing(value: float, text: str) -> None:
    assert words.signed(value) == text


@pytest.mark.parametrize(
    ("days", "text"), [(0, "today"), (1, "in 1 day"), (41, "in 41 days"), (-1, "1 day ago"), (-1200, "1,200 days ago")]
)  # fmt: skip
def test_days_are_counted_from_today(days: int, text: str) -> None:
    assert words.in_days(days) == text


def test_a_day_long_gone_says_how_long() -> None:
    today = date(2026, 11, 21)
    assert words.ago(date(2026, 11, 20), today) == "yesterday"
    assert words.ago(date(2026, 11, 1), today) == "20 days ago"
    assert words.ago(None, today) == "never"


def test_a_moment_is_shown_in_the_workspaces_zone_and_told_exactly() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert words.moment(late, BERLIN) == "22 Nov 2026, 00:30"
    assert words.exactly(late, BERLIN) == "2026-11-22 00:30:00 Europe/Berlin (23:30:00 UTC)"


def test_metrics_are_read_by_their_unit() -> None:
    assert words.measured(0.83, "share") == "83%"
    assert words.measured(1.0, "yes or no") == "yes"
    assert words.measured(-0.42, "log ratio") == "−34%"
    assert (words.measured(-0.15, "share"), words.measured(-1781.0, "money per month")) == ("−15%", "−1,781")
    assert (words.measured(1.0, "tickets"), words.unit_word(1.0, "tickets")) == ("1", "ticket")
    assert (words.measured(2.5, "days"), words.unit_word(2.5, "days")) == ("2.5", "days")


def test_names_of_metrics_become_words() -> None:
    assert words.label("nps_latest") == "NPS latest"
    assert words.label("days_since_manager") == "Days since manager"
    assert (words.label("rfm_recency"), words.label("north_star_trend")) == (
        "RFM recency",
        "North Star trend",
    )
