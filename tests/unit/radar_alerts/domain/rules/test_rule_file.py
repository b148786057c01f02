"""Reading rules: every mistake is named at once, and a version follows what a rule says."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from radar_alerts.domain.rules.known import KNOWN_READINGS
from radar_alerts.domain.rules.load import built_in_rules, load_rules
from radar_alerts.domain.rules.rule import Clear, Window
from radar_alerts.domain.rules.rule_file import FIELDS, RuleReader, RulesInvalid
from radar_chassis.errors import ConfigurationError
from radar_vocabulary.language.tags import LANGUAGES
from tests.support.rule_life import read

SCORE = {"reading": "score", "below": 3}
WHOLE = """
name: mine
says: {en: Low, ja: 低い}
kind: passed
opens: digest
severity: critical
window: {earliest: 90, latest: -5}
held_days: 1.5
cap: 4
rests_on: [use, tickets]
playbook: money
when: {reading: score, below: 3}
clear: {held_days: 2, when: {reading: score, above: 4}}
"""
TEN_MISTAKES = """
name: use_stopped
enabled: maybe
opens: cases
severity: urgent
kind: renewals
cap: 0
held_days: -1
windows: {}
window: {earliest: 7, latest: 120}
rests_on: [usage]
when: {reading: threshhold, at_least: 3}
"""


def mistakes(text: str) -> list[str]:
    reader = RuleReader()
    reader.rule(text)
    return reader.problems


def of(**fields: Any) -> list[str]:
    """Return the mistakes of a rule with these fields, without the rule's name."""
    found = mistakes(yaml.safe_dump({"name": "mine", "when": SCORE, **fields}, sort_keys=False))
    return [one.removeprefix("rule mine: ") for one in found]


def test_ten_mistakes_are_named_at_once_each_with_its_rule_its_field_and_what_to_write() -> None:
    assert mistakes(TEN_MISTAKES) == [
        f"rule use_stopped: {one}"
        for one in (
            f"windows is not a field (did you mean window?); the fields are {', '.join(FIELDS)}",
            "enabled must be true or false",
            "when.reading names 'threshhold', which is no reading (did you mean threshold?)",
            "window.earliest must be at least window.latest (days before the renewal)",
            "held_days must be a number from 0 to 365",
            "cap must be a whole number from 1 to 1000",
            "severity must be one of critical, high, normal",
            "opens must be one of case, evidence, digest (did you mean case?)",
            "kind must be one of renewal, passed, expansion (did you mean renewal?)",
            "rests_on[1] must be one of use, contracts, tickets, promises, incidents (did you mean use?)",
        )
    ]


def test_every_field_is_read() -> None:
    rule = read(WHOLE)
    assert (rule.name, rule.kind, rule.opens, rule.severity) == ("mine", "passed", "digest", "critical")
    assert rule.says == {"en": "Low", "ja": "低い"}
    assert (rule.window, rule.held, rule.cap) == (Window(earliest=90, latest=-5), timedelta(days=1.5), 4)
    assert (rule.rests_on, rule.playbook, rule.definition) == ({"use", "tickets"}, "money", WHOLE)
    assert rule.clear.held == timedelta(days=2)
    assert rule.clear.when is not None


def test_what_is_left_out_is_cautious() -> None:
    rule = read("name: mine\nwhen: {reading: score, below: 3}")
    assert (rule.kind, rule.opens, rule.severity, rule.cap) == ("renewal", "evidence", "normal", 1)
    assert (rule.window, rule.held, rule.clear) == (None, timedelta(0), Clear())
    assert (rule.rests_on, rule.playbook, rule.says) == (frozenset(), "", {})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "Mine"}, "name must be small letters"),
        ({"name": ""}, "name must be a text"),
        ({"name": 3}, "name must be a text"),
        ({"says": "Low"}, "says must be a mapping from a language (en, ja, zh-Hans) to its text"),
        ({"says": {}}, "says must be a mapping"),
        ({"says": {"zh": "x"}}, "says.zh is not a field; the fields are en, ja, zh-Hans"),
        ({"says": {"en": " "}}, "says.en must be a text"),
        ({"says": {"en": "x" * 201}}, "says.en has 201 characters; write at most 200"),
        ({"enabled": "no"}, "enabled must be true or false"),
        ({"cap": 1.5}, "cap must be a whole number from 1 to 1000"),
        ({"cap": True}, "cap must be a whole number"),
        ({"cap": 1001}, "cap must be a whole number"),
        ({"held_days": "3 days"}, "held_days must be a number from 0 to 365"),
        ({"held_days": float("nan")}, "held_days must be a number"),
        ({"held_days": 366}, "held_days must be a number"),
        ({"window": 90}, "window must be a mapping with earliest and latest"),
        ({"window": {}}, "window must be a mapping"),
        ({"window": {"from": 3}}, "window.from is not a field"),
        ({"window": {"earliest": 1.5}}, "window.earliest must be a whole number from -3650 to 3650"),
        ({"rests_on": "use"}, "rests_on must be a list of use, contracts"),
        ({"rests_on": [[]]}, "rests_on[1] must be one of use"),
        ({"playbook": 3}, "playbook must be a text"),
        ({"clear": "never"}, "clear must be a mapping with when and held_days"),
        ({"clear": {"after": 3}}, "clear.after is not a field"),
        ({"clear": {"held_days": -1}}, "clear.held_days must be a number from 0 to 365"),
        ({"clear": {"when": None}}, "clear.when must be a condition"),
        ({"when": []}, "when must be a condition: reading with a comparison, all, any or not"),
        ({"when": {"all": []}}, "when.all must be a list of at least one condition"),
        ({"when": {"any": SCORE}}, "when.any must be a list of at least one condition"),
        ({"when": {"any": [SCORE, 3]}}, "when.any[2] must be a condition"),
        ({"when": {"not": {"not": 3}}}, "when.not.not must be a condition"),
        ({"when": {"any": [SCORE], "reading": "score"}}, "when.reading is not a field"),
        ({"when": {"reading": "score"}}, "when must have exactly one of above, at_least"),
        ({"when": {**SCORE, "above": 1}}, "when must have exactly one of above, at_least"),
        ({"when": {**SCORE, "hours": 1}}, "when.hours is not a field"),
        ({"when": {"reading": 3, "below": 3}}, "when.reading must name a reading"),
        ({"when": {"reading": "", "below": 3}}, "when.reading must name a reading"),
        ({"when": {"below": 3}}, "when.reading must name a reading"),
        (
            {"when": {"reading": "zzz", "below": 3}},
            "when.reading names 'zzz', which is no reading; docs/rules.md",
        ),
        (
            {"when": {"reading": "score", "below": "scor"}},
            "when.below names 'scor', which is no reading (did you",
        ),
        ({"when": {"reading": "score", "below": True}}, "when.below must be a number, the name of a reading"),
        ({"when": {"reading": "score", "below": float("inf")}}, "when.below must be a number"),
        ({"when": {"reading": "score", "below": {"times": 2}}}, "when.below.of must name a reading"),
        ({"when": {"reading": "score", "below": {"of": "mau", "time": 2}}}, "when.below.time is not a field"),
        (
            {"when": {"reading": "score", "below": {"of": "mau", "plus": "2"}}},
            "when.below.plus must be a number",
        ),
        (
            {"when": {"reading": "score", "below": {"of": "mau", "at_least": 3, "at_most": 2}}},
            "when.below.at_least must not be above at_most",
        ),
        ({"when": {"reading": "score", "below": {"least_of": []}}}, "when.below.least_of must be a list"),
        ({"when": {"reading": "score", "below": {"least_of": [1, "x"]}}}, "when.below.least_of[2] names 'x'"),
        (
            {"when": {"reading": "score", "below": {"least_of": [{"least_of": [1]}]}}},
            "when.below.least_of must not hold another",
        ),
        ({"when": {**SCORE, "if_missing": "yes"}}, "when.if_missing must be true or false"),
        ({"when": {**SCORE, "for_days": 29}}, "when.for_days must be a whole number from 1 to 28"),
        ({"when": {**SCORE, "within_days": 3}}, "when.within_days doesn't go with this comparison"),
        (
            {"when": {"reading": "score", "fell_by": 3}},
            "when.within_days must be a whole number from 1 to 28",
        ),
        ({"when": {"reading": "score", "fell_by": 0, "within_days": 3}}, "when.fell_by must be above 0"),
        ({"when": {"reading": "score", "rose_by": -1, "within_days": 3}}, "when.rose_by must be a number"),
        (
            {"when": {"reading": "score", "rose_by": 1, "within_days": 3, "for_days": 2}},
            "when.for_days doesn't go with this comparison",
        ),
    ],
)
def test_each_mistake_is_named_by_its_field(fields: dict[str, Any], said: str) -> None:
    found = of(**fields)
    assert len(found) == 1, found
    assert said in found[0]


def test_a_condition_is_not_nested_without_end() -> None:
    deep: Any = SCORE
    for _ in range(20):
        deep = {"not": deep}
    assert "is nested more than 20 deep" in of(when=deep)[0]
    assert of(when=deep["not"]) == []
    many: Any = SCORE
    for _ in range(20):
        many = {"all": [many]}
    assert of(when=many)[0].startswith("when.all[1].all[1]")
    assert "is nested more than 20 deep" in of(when=many)[0]


def test_a_window_of_one_day_is_one() -> None:
    assert of(window={"earliest": 7, "latest": 7}) == []


def test_which_readings_are_known_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("name: a\nwhen: {reading: of_another_release, below: 3}")
    assert "a" in load_rules(tmp_path, known=()).by_name
    with pytest.raises(RulesInvalid):
        load_rules(tmp_path)


@pytest.mark.parametrize("text", ["a: [", "name: a\nname: b\nwhen: {reading: score, below: 3}", "{" * 5000])
def test_what_is_not_yaml_is_said_so(text: str) -> None:
    assert mistakes(text)[0].startswith("it is not YAML that can be read")


def test_a_rule_without_a_condition_needs_a_built_in_rule_to_change(tmp_path: Path) -> None:
    known = "only a built-in rule can be changed without it"
    (tmp_path / "a.yaml").write_text("name: incidents\nopens: evidence")
    with pytest.raises(RulesInvalid) as caught:
        load_rules(tmp_path)
    assert caught.value.problems == (
        f"a.yaml: rule incidents: when is missing; {known} (did you mean incident?)",
    )


@pytest.mark.parametrize(
    "same",
    [
        "# said otherwise\nwhen: {below: 3, reading: score}\nname: a",
        "name: a\nwhen: {reading: score, below: 3.0}",
        "name: a\nsays: {en: Low}\nwhen: {reading: score, below: 3}",
        "name: a\nenabled: true\nwhen:\n  reading: score\n  below: 3",
    ],
)
def test_comments_the_order_of_fields_and_how_a_number_is_written_do_not_change_the_version(
    same: str,
) -> None:
    assert read(same).version == read("name: a\nwhen: {reading: score, below: 3}").version


@pytest.mark.parametrize(
    "other",
    [
        "name: b\nwhen: {reading: score, below: 3}",
        "name: a\nwhen: {reading: score, below: 4}",
        "name: a\nwhen: {reading: score, below: 3}\ncap: 2",
    ],
)
def test_another_rule_has_another_version(other: str) -> None:
    assert read(other).version != read("name: a\nwhen: {reading: score, below: 3}").version


def test_a_whole_rule_of_the_same_name_replaces_a_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("name: use_stopped\nwhen: {reading: score, below: 3}")
    found = load_rules(tmp_path).by_name
    assert (found["use_stopped"].opens, found["use_stopped"].window) == ("evidence", None)
    assert len(found) == len(built_in_rules())


def test_a_file_without_a_condition_changes_the_fields_that_it_has(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("name: severe_ticket\nopens: case")
    built_in = load_rules(None).by_name["severe_ticket"]
    changed = load_rules(tmp_path).by_name["severe_ticket"]
    assert (built_in.opens, changed.opens) == ("evidence", "case")
    assert (changed.when, changed.window, changed.severity) == (
        built_in.when,
        built_in.window,
        built_in.severity,
    )
    assert changed.version != built_in.version
    assert yaml.safe_load(changed.definition) == {**yaml.safe_load(built_in.definition), "opens": "case"}


def test_a_rule_can_be_switched_off_by_its_name_alone(tmp_path: Path) -> None:
    (tmp_path / "off.yml").write_text("name: incident\nenabled: false")
    (tmp_path / "readme.txt").write_text("no rule")
    found = load_rules(tmp_path)
    assert found.by_name.keys() == {one.name for one in built_in_rules()} - {"incident"}
    assert found.version != load_rules(None).version


def test_rules_are_looked_at_by_severity_then_by_name(tmp_path: Path) -> None:
    (tmp_path / "z.yaml").write_text("name: zz\nseverity: critical\nwhen: {reading: score, below: 3}")
    order = ["critical", "high", "normal"]
    found = [(order.index(one.severity), one.name) for one in load_rules(tmp_path).rules]
    assert found == sorted(found)
    assert found[0] == (0, "zz")


def test_mistakes_of_several_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- no mapping")
    (tmp_path / "b.yaml").write_text("name: mine\nwhen: {reading: score, below: 3}")
    (tmp_path / "c.yaml").write_text("name: mine\nwhen: {reading: score, below: 4}\ncap: 0")
    with pytest.raises(RulesInvalid) as caught:
        load_rules(tmp_path)
    assert caught.value.problems == (
        "a.yaml: a rule must be a mapping of fields, such as name, when, opens",
        "c.yaml: rule mine: cap must be a whole number from 1 to 1000",
        "c.yaml: rule mine: name is used by another file too; rename one of them",
    )
    assert caught.value.detail.startswith("The rules have mistakes: a.yaml: a rule must")


def test_a_folder_or_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"alerts\.rules names .*which doesn't exist"):
        load_rules(tmp_path / "none")
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigurationError, match="can't be read"):
        load_rules(tmp_path)


def test_a_built_in_rule_says_what_it_found_in_every_language() -> None:
    assert [one.name for one in built_in_rules() if set(one.says) != set(LANGUAGES)] == []


def test_a_built_in_rule_reads_only_what_is_known() -> None:
    for rule in built_in_rules():
        reader = RuleReader(KNOWN_READINGS)
        assert reader.rule(rule.definition) == (rule, True)
        assert reader.problems == []
