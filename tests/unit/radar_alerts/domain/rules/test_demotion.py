"""A rule that is seldom right becomes evidence, and says why."""

import pytest

from radar_alerts.domain.rules.demotion import RuleRecord, demote, needed_precision
from radar_alerts.domain.rules.load import rule_set
from radar_alerts.domain.rules.rule import Rule, RuleSet
from radar_vocabulary.language.messages import Sentence
from tests.support.rule_life import read

RULE = read("name: low\nopens: case\nwhen: {reading: score, below: 40}")
OTHER = read("name: other\nopens: case\nwhen: {reading: score, below: 30}")
RULES = rule_set([RULE, OTHER])


def record(opened: int, churned: int, rule: Rule = RULE) -> RuleRecord:
    return RuleRecord(rule=rule.name, version=rule.version, opened=opened, churned=churned)


def judged(rules: RuleSet, *records: RuleRecord, base_rate: float = 0.2) -> Rule:
    return demote(rules, records, base_rate).by_name["low"]


@pytest.mark.parametrize(
    ("opened", "churned", "opens"),
    [(10, 2, "evidence"), (10, 3, "case"), (9, 0, "case"), (100, 29, "evidence"), (100, 30, "case")],
)
def test_below_one_and_a_half_times_the_base_rate_it_opens_no_more_cases(
    opened: int, churned: int, opens: str
) -> None:
    assert judged(RULES, record(opened, churned)).opens == opens


def test_it_says_why_with_the_figures() -> None:
    found = judged(RULES, record(40, 9)).demoted
    assert isinstance(found, Sentence)
    assert found.values == {"right": "9", "all": "40", "needed": "30", "base": "20"}
    assert found.startswith("9 of the 40 cases")


def test_the_others_and_the_version_of_its_text_stay_and_that_of_the_set_changes() -> None:
    after = demote(RULES, [record(40, 9)], 0.2)
    assert after.by_name["other"] == OTHER
    assert after.by_name["low"].version == RULE.version
    assert after.version != RULES.version
    assert demote(RULES, [], 0.2) == RULES


def test_another_text_of_the_rule_is_judged_anew() -> None:
    changed = rule_set([read("name: low\nopens: case\nwhen: {reading: score, below: 39}")])
    assert judged(changed, record(40, 0)).opens == "case"


@pytest.mark.parametrize("said", ["opens: evidence", "opens: digest", "opens: case\nkind: passed"])
def test_only_rules_that_open_cases_about_a_renewal_are_judged(said: str) -> None:
    rule = read(f"name: low\n{said}\nwhen: {{reading: score, below: 40}}")
    assert judged(rule_set([rule]), record(40, 0, rule)) == rule


@pytest.mark.parametrize(
    ("base_rate", "needed"), [(0.0, 0.0), (0.25, 0.375), (0.5, 0.75), (0.8, 0.9), (1.0, 1.0)]
)
def test_no_rule_must_be_right_more_often_than_always(base_rate: float, needed: float) -> None:
    assert needed_precision(base_rate) == pytest.approx(needed)
