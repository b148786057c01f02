"""What the pages about the whole portfolio show, from what the API answers."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from radar.console.views.economics import EconomicsQuery, bridges, figures, group_rows
from radar.console.views.features import feature_row
from radar.console.views.renewals import due_rows
from radar_vocabulary.answers.features import FeatureTotals
from radar_vocabulary.answers.portfolio import GroupEconomics
from radar_vocabulary.answers.renewals import RenewalLine
from tests.support.fake_portfolio import ASLEEP, feature, group, groups, money
from tests.support.samples import sample

TODAY = date(2026, 11, 21)


def read(answer: dict[str, Any]) -> GroupEconomics:
    return sample(GroupEconomics, **answer)


def test_the_steps_lead_from_the_mrr_then_to_the_mrr_now() -> None:
    (bridge,) = bridges(read(group(None, money())))
    assert bridge.base + sum(move.amount for move in bridge.moves) == bridge.mrr
    assert bridge.unexplained == 0
    assert [move.amount < 0 for move in bridge.moves] == [False, False, False, True, True]


def test_what_cannot_be_compared_is_a_step_of_its_own() -> None:
    (bridge,) = bridges(read(group(None, money(mrr=300_900.0))))
    assert bridge.unexplained == pytest.approx(900)


def test_every_figure_has_a_value_or_says_why_not() -> None:
    whole = {one.name: one for one in figures(read(group(None, money())))}
    assert (whole["ARR"].text, whole["ARR"].note) == ("3,600,000 EUR", "MRR 300,000 EUR")
    assert (whole["Logo churn"].text, whole["Logo churn"].note) == ("10%", "3 of 30 customers churned")
    assert whole["LTV"].note == "ARPA × 120 months, 4.2 × CAC"
    bare = figures(
        read(group(None, money(nrr=None, ltv=None, missing={"nrr": "nobody paid", "ltv": "nobody left"})))
    )
    assert [(one.text, one.note) for one in bare if one.text == "–"] == [
        ("–", "nobody paid"),
        ("–", "nobody left"),
    ]


def test_a_group_has_a_line_for_each_currency_and_its_counts_once() -> None:
    rows = group_rows([read(one) for one in groups("segment")])
    assert [(row.name, row.first) for row in rows] == [
        ("Key", True),
        ("Mid", True),
        ("Mid", False),
        ("Long tail", True),
    ]
    assert rows[-1].ltv == "–"
    assert rows[-1].why == "no customer churned in the period, so the lifetime can't be calculated"
    assert group_rows([read(group(None))])[0].name == "Unknown"


@pytest.mark.parametrize(
    ("query", "day", "months"),
    [
        ({}, None, "12"),
        ({"as_of": "2026-03-31", "months": "3"}, date(2026, 3, 31), "3"),
        ({"as_of": "2026-11-21", "months": "99"}, None, "12"),
        ({"as_of": "0001-01-01"}, None, "12"),
        ({"as_of": "yesterday"}, None, "12"),
    ],
)
def test_an_address_asks_for_a_past_day_and_a_known_window(
    query: dict[str, str], day: date | None, months: str
) -> None:
    assert EconomicsQuery.read(query, TODAY) == EconomicsQuery(day=day, months=months)


def test_a_feature_in_words() -> None:
    used = feature_row(sample(FeatureTotals, **feature()), TODAY, ZoneInfo("UTC"))
    assert (used.trend, used.direction, used.last_used, used.arr) == (
        "−19%",
        "down",
        "today",
        "2,400,000 EUR",
    )
    asleep = feature_row(sample(FeatureTotals, **ASLEEP), TODAY, ZoneInfo("UTC"))
    assert (asleep.trend, asleep.arr, asleep.last_used) == ("–", "–", "over 56 days ago")
    assert asleep.why == "not used in the previous 28 days"


@pytest.mark.parametrize(
    ("days", "notice"),
    [
        (-1, "notice period over"),
        (0, "notice due today"),
        (1, "notice in 1 day"),
        (12, "notice in 12 days"),
    ],
)
def test_the_day_by_which_notice_must_be_given_is_told(days: int, notice: str) -> None:
    due = sample(
        RenewalLine,
        renews_on=TODAY + timedelta(days=30),
        notice_by=TODAY + timedelta(days=days),
    )
    (row,) = due_rows([due], TODAY)
    assert (row.notice, row.notice_over) == (notice, days < 0)
