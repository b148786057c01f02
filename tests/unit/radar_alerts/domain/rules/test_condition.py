"""Conditions: three values, comparisons, and what happened over time."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
import yaml

from radar_alerts.domain.rules.condition import compared, holds, readings
from radar_alerts.domain.rules.inputs import DailyValues, TermInputs
from tests.support.rule_life import read

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TRUE = {"reading": "score", "is": 1}
FALSE = {"reading": "score", "is": 0}
MISSING = {"reading": "mau", "is": 1}


def condition(data: Any) -> Any:
    return read(yaml.safe_dump({"name": "a", "when": data})).when


def verdict(data: Any, before: Mapping[int, float] | None = None, **values: float) -> bool | None:
    """Return what a condition comes to; ``before`` has the score of so many days ago."""
    history = [
        DailyValues(day=AT.date() - timedelta(days=ago), values={"score": score})
        for ago, score in (before or {}).items()
    ]
    return holds(condition(data), TermInputs(at=AT, values=values, history=history))


@pytest.mark.parametrize(("left", "right"), list(product((TRUE, FALSE, MISSING), repeat=2)))
def test_all_is_the_least_true_and_any_the_most(left: Any, right: Any) -> None:
    rank = {False: 0, None: 1, True: 2}
    each = [verdict(left, score=1.0), verdict(right, score=1.0)]
    assert verdict({"all": [left, right]}, score=1.0) is min(each, key=rank.__getitem__)
    assert verdict({"any": [left, right]}, score=1.0) is max(each, key=rank.__getitem__)


def test_not_turns_true_and_false_and_leaves_unknown() -> None:
    assert [verdict({"not": one}, score=1.0) for one in (TRUE, FALSE, MISSING)] == [False, True, None]


@pytest.mark.parametrize(
    ("operator", "below", "equal", "above"),
    [
        ("above", False, False, True),
        ("at_least", False, True, True),
        ("below", True, False, False),
        ("at_most", True, True, False),
        ("is", False, True, False),
    ],
)
def test_a_comparison_at_and_beside_its_value(operator: str, below: bool, equal: bool, above: bool) -> None:
    leaf = {"reading": "score", operator: 3}
    assert [verdict(leaf, score=score) for score in (2.9, 3.0, 3.1)] == [below, equal, above]


def test_sums_of_decimal_fractions_are_equal_to_what_they_come_to() -> None:
    assert verdict({"reading": "score", "at_least": 0.35}, score=1 - 0.65)
    assert verdict({"reading": "score", "above": 0.3}, score=0.1 + 0.2) is False


@pytest.mark.parametrize(
    ("value", "mau", "comes_to"),
    [
        ("mau", 4.0, 4.0),
        ({"of": "mau", "times": 3}, 4.0, 12.0),
        ({"of": "mau", "times": 3, "plus": -2}, 4.0, 10.0),
        ({"of": "mau", "times": 3, "at_least": 10}, 2.0, 10.0),
        ({"of": "mau", "times": 3, "at_least": 10}, 4.0, 12.0),
        ({"of": "mau", "at_most": 5}, 9.0, 5.0),
        ({"least_of": [{"of": "mau", "plus": -1}, {"of": "mau", "times": 0.5}]}, 4.0, 2.0),
        ({"least_of": [{"of": "mau", "plus": -1}, {"of": "mau", "times": 0.5}]}, 1.0, 0.0),
    ],
)
def test_what_a_value_comes_to(value: Any, mau: float, comes_to: float) -> None:
    assert verdict({"reading": "score", "is": value}, score=comes_to, mau=mau) is True
    assert verdict({"reading": "score", "is": value}, score=comes_to) is None


def test_a_missing_reading_is_unknown_unless_the_condition_says_what_it_comes_to() -> None:
    assert verdict({"reading": "score", "below": 3}) is None
    assert verdict({"reading": "score", "below": 3, "if_missing": True}) is True
    assert verdict({"reading": "score", "fell_by": 3, "within_days": 2, "if_missing": False}) is False
    assert verdict({"reading": "score", "below": 3, "if_missing": True}, score=4.0) is False


FELL = {"reading": "score", "fell_by": 15, "within_days": 14}


@pytest.mark.parametrize(
    ("before", "holds_now"),
    [
        ({14: 65.0}, True),
        ({14: 64.9}, False),
        ({15: 90.0}, None),
        ({15: 90.0, 3: 60.0}, False),
        ({14: 40.0, 5: 65.0, 1: 55.0}, True),
        ({0: 90.0}, None),
        ({}, None),
    ],
)
def test_a_fall_is_measured_from_the_highest_of_the_days_before(
    before: dict[int, float], holds_now: bool | None
) -> None:
    assert verdict(FELL, before, score=50.0) is holds_now


def test_a_rise_is_measured_from_the_lowest_of_the_days_before() -> None:
    rose = {"reading": "score", "rose_by": 15, "within_days": 14}
    assert verdict(rose, {14: 60.0, 5: 35.0}, score=50.0) is True
    assert verdict(rose, {14: 60.0, 5: 36.0}, score=50.0) is False
    assert verdict(rose, {5: 35.0}) is None


LASTED = {"reading": "score", "at_least": 95, "for_days": 3}


@pytest.mark.parametrize(
    ("before", "now", "holds_now"),
    [
        ({3: 95.0, 2: 96.0, 1: 95.0}, 95.0, True),
        ({3: 95.0}, 95.0, True),
        ({4: 10.0, 2: 96.0}, 95.0, True),
        ({3: 95.0, 0: 10.0}, 95.0, True),
        ({2: 95.0, 1: 95.0}, 95.0, None),
        ({3: 94.0, 2: 95.0, 1: 95.0}, 95.0, False),
        ({3: 95.0, 1: 94.0}, 95.0, False),
        ({3: 95.0, 2: 95.0, 1: 95.0}, 94.0, False),
        ({3: 95.0, 2: 95.0, 1: 95.0}, None, None),
        ({3: 95.0, 1: 94.0}, None, False),
    ],
)
def test_what_must_last_holds_on_each_known_day_back_to_the_first(
    before: dict[int, float], now: float | None, holds_now: bool | None
) -> None:
    values = {} if now is None else {"score": now}
    assert verdict(LASTED, before, **values) is holds_now


def test_the_readings_of_a_condition_and_those_whose_past_it_needs() -> None:
    found = condition(
        {
            "any": [
                {"not": {"reading": "score", "fell_by": 1, "within_days": 2}},
                {
                    "all": [
                        {"reading": "mau", "above": {"of": "seats"}},
                        {"reading": "wau", "is": "dau", "for_days": 2},
                    ]
                },
                {"reading": "arr", "below": {"least_of": ["mrr", 3]}},
            ]
        }
    )
    assert readings(found) == {"score", "mau", "seats", "wau", "dau", "arr", "mrr"}
    assert compared(found) == {"score", "wau", "dau"}
