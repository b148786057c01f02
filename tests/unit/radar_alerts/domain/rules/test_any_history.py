"""Any rule finds in any history what the slow reference finds, which looks at all days anew on each day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_alerts.domain.rules.load import built_in_rules
from tests.support.reference_rules import findings
from tests.support.rule_life import RuleLife, read

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
NAMES = ("score", "mau", "days_to_renewal")
VALUE = st.integers(-4, 4).map(float)
NUMBER = st.one_of(
    VALUE,
    st.sampled_from(NAMES),
    st.fixed_dictionaries(
        {"of": st.sampled_from(NAMES)},
        optional={
            "times": VALUE,
            "plus": VALUE,
            "at_least": st.integers(-3, 0),
            "at_most": st.integers(0, 3),
        },
    ),
)
VALUES = st.one_of(NUMBER, st.fixed_dictionaries({"least_of": st.lists(NUMBER, min_size=1, max_size=2)}))
DAYS = st.integers(1, 6)


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    leaf: dict[str, Any] = {"reading": draw(st.sampled_from(NAMES))}
    if draw(st.booleans()):
        leaf |= {
            draw(st.sampled_from(["fell_by", "rose_by"])): draw(st.integers(1, 5)),
            "within_days": draw(DAYS),
        }
    else:
        leaf[draw(st.sampled_from(["above", "at_least", "below", "at_most", "is"]))] = draw(VALUES)
        if draw(st.booleans()):
            leaf["for_days"] = draw(DAYS)
    if draw(st.booleans()):
        leaf["if_missing"] = draw(st.booleans())
    return leaf


CONDITIONS = st.recursive(
    leaves(),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=4,
)
RULES = st.fixed_dictionaries(
    {"name": st.just("any_rule"), "when": CONDITIONS},
    optional={
        "held_days": st.sampled_from([0, 1, 2.5, 4]),
        "cap": st.integers(1, 3),
        "window": st.sampled_from([{"earliest": 2, "latest": -1}, {"earliest": 1}, {"latest": 0}]),
        "clear": st.fixed_dictionaries(
            {}, optional={"when": CONDITIONS, "held_days": st.sampled_from([0, 1, 3])}
        ),
    },
)
MOMENTS = st.lists(
    st.tuples(st.sampled_from([0.25, 0.5, 1, 1, 1, 2, 3]), st.dictionaries(st.sampled_from(NAMES), VALUE)),
    max_size=25,
)


def told(rule: Any, history: Any) -> list[tuple[int, str]]:
    life = RuleLife(rule, START)
    for at, values in history:
        life.hears(at, **values)
    return life.said


@settings(deadline=None, max_examples=400)
@given(RULES, MOMENTS)
def test_a_rule_finds_what_the_reference_finds(rule: dict[str, Any], moments: Any) -> None:
    history, at = [], START
    for after, values in moments:
        at += timedelta(days=after)
        history.append((at, values))
    assert told(yaml.safe_dump(rule), history) == findings(rule, history)


REALISTIC = {
    "churn_probability": st.sampled_from([0.05, 0.2, 0.5, 0.7]),
    "churn_probability_when_told": st.sampled_from([0.2, 0.5]),
    "probability_source": st.just(2.0),
    "probability_source_when_told": st.sampled_from([1.0, 2.0]),
    "leading_cause_changed": st.sampled_from([0.0, 1.0]),
    "threshold": st.just(0.35),
    "score": st.sampled_from([30.0, 50.0, 66.0]),
    "score_when_told": st.just(50.0),
    "healthy": st.sampled_from([0.0, 1.0]),
    "active_days_14d": st.sampled_from([0.0, 4.0, 5.0]),
    "days_since_last_activity": st.sampled_from([0.0, 10.0, 11.0, 31.0]),
    "usual_gap_days": st.sampled_from([2.0, 10.0]),
    "sponsor_quiet_days": st.sampled_from([3.0, 14.0, 30.0]),
    "severe_open_tickets": st.sampled_from([0.0, 1.0]),
    "open_complaints": st.sampled_from([0.0, 1.0]),
    "promises_overdue": st.sampled_from([0.0, 2.0]),
    "incidents_14d": st.sampled_from([0.0, 1.0]),
    "seat_utilisation": st.sampled_from([0.8, 0.96, 0.97]),
    "north_star_vs_target": st.sampled_from([0.9, 1.2]),
}
CALM = st.lists(
    st.tuples(st.integers(1, 40), st.fixed_dictionaries({}, optional=REALISTIC)), min_size=1, max_size=6
)


@settings(deadline=None, max_examples=60)
@given(CALM)
def test_a_built_in_rule_finds_what_the_reference_finds(spans: Any) -> None:
    days = [values for length, values in spans for _ in range(length)]
    history = [
        (START + timedelta(days=at), {**values, "days_to_renewal": 130.0 - at})
        for at, values in enumerate(days)
    ]
    for rule in built_in_rules():
        assert told(rule, history) == findings(yaml.safe_load(rule.definition), history), rule.name


@settings(deadline=None, max_examples=50)
@given(RULES, MOMENTS)
def test_a_moment_told_again_or_too_late_changes_nothing(rule: dict[str, Any], moments: Any) -> None:
    life = RuleLife(read(yaml.safe_dump(rule)), START)
    at = START
    for after, values in moments:
        at += timedelta(days=after)
        life.hears(at, **values)
        before = life.memory
        for earlier in (at, at - timedelta(days=1)):
            assert life.hears(earlier, score=4.0, mau=4.0, days_to_renewal=0.0) is None
            assert life.memory == before
