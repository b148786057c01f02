"""Texts, numbers, money and dates are said as readers of each language write them."""

from datetime import date

import pytest

from radar_vocabulary.contracts.scalars import Money
from radar_vocabulary.language.messages import message, plural
from radar_vocabulary.language.tags import LANGUAGES
from radar_vocabulary.language.translator import translator_for

TICKETS = plural("{count} ticket is open", "{count} tickets are open")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["0 tickets are open", "1 ticket is open", "2 tickets are open", "1,200 tickets are open"]),
        ("ja", [f"未解決のチケットが{count}件あります" for count in ("0", "1", "2", "1,200")]),
        ("zh-Hans", [f"有{count}个工单未解决" for count in ("0", "1", "2", "1,200")]),
    ],
)
def test_none_one_and_many_take_the_form_of_the_language(language, said):
    assert [
        translator_for(language, "radar_vocabulary").count(TICKETS, count) for count in (0, 1, 2, 1200)
    ] == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_nobody_has_translated_is_said_in_english(language):
    assert (
        translator_for(language, "radar_vocabulary").say(message("{who} is new here"), who="Anna")
        == "Anna is new here"
    )


@pytest.mark.parametrize(
    ("language", "amounts"),
    [
        ("en", ["€36,000", "US$36,000", "JP¥36,000", "CHF\xa036,000", "-€500"]),
        ("ja", ["€36,000", "$36,000", "￥36,000", "CHF\xa036,000", "-€500"]),
        ("zh-Hans", ["€36,000", "US$36,000", "JP¥36,000", "CHF\xa036,000", "-€500"]),
    ],
)
def test_money_is_written_so_that_currencies_cannot_be_confused(language, amounts):
    said = translator_for(language, "radar_vocabulary")
    given = [(36_000.4, "EUR"), (36_000, "USD"), (36_000, "JPY"), (36_000, "CHF"), (-500, "EUR")]
    assert [said.money(Money(amount=amount, currency=one)) for amount, one in given] == amounts


def test_a_date_cannot_be_read_two_ways():
    days = [translator_for(language, "radar_vocabulary").day(date(2027, 2, 1)) for language in LANGUAGES]
    assert days == ["1 February 2027", "2027年2月1日", "2027年2月1日"]


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0%"), (0.004, "under 1%"), (0.34, "34%"), (1.2, "120%"), (12.0, "1,200%")]
)
def test_a_share_that_rounds_to_nothing_is_still_something(share, said):
    assert translator_for("en", "radar_vocabulary").percent(share) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "+0.0"), (-0.04, "+0.0"), (-9.44, "−9.4"), (6.05, "+6.0"), (1234.5, "+1,234.5")]
)
def test_points_have_their_sign(value, said):
    assert translator_for("en", "radar_vocabulary").signed(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(2.5, "2.5"), (2.0, "2"), (9.96, "10.0"), (12.4, "12"), (-0.5, "-0.5")]
)
def test_small_numbers_keep_a_digit(value, said):
    assert translator_for("en", "radar_vocabulary").decimal(value) == said
