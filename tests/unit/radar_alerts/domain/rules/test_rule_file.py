"""Reading rules: every mistake is named at once, and a version follows what a rule says."""

from pathlib import Path

import pytest

from radar_alerts.domain.rules.load import built_in_rules, load_rules
from radar_alerts.domain.rules.rule_file import RuleReader, RulesInvalid

TEN_MISTAKES = """
name: ""
opens: cases
severity: urgent
kind: renewals
cap: 0
held_days: -1
windows: {}
window: {earliest: 7, latest: 120}
rests_on: [usage]
when: {reading: scor, at_least: high}
"""


def test_ten_mistakes_are_ten_problems_each_with_its_place() -> None:
    reader = RuleReader(known=("score", "days_to_renewal"))
    reader.rule(TEN_MISTAKES)
    said = " | ".join(reader.problems)
    for place in (
        "name",
        "opens",
        "severity",
        "kind",
        "cap",
        "held_days",
        "windows",
        "window.",
        "rests_on",
        "when.",
    ):
        assert place in said, place
    assert "did you mean score?" in said


def test_comments_and_the_order_of_fields_do_not_change_the_version() -> None:
    one = RuleReader().rule("name: a\nwhen: {reading: score, below: 3}")
    other = RuleReader().rule("# said otherwise\nwhen: {below: 3, reading: score}\nname: a")
    third = RuleReader().rule("name: a\nwhen: {reading: score, below: 4}")
    assert one is not None
    assert other is not None
    assert third is not None
    assert one[0].version == other[0].version != third[0].version


def test_a_file_of_the_same_name_replaces_a_built_in_rule(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("name: use_stopped\nwhen: {reading: score, below: 3}")
    (tmp_path / "off.yaml").write_text("name: incident\nenabled: false\nwhen: {reading: score, below: 3}")
    found = load_rules(tmp_path).by_name
    assert found["use_stopped"].opens == "evidence"
    assert "incident" not in found
    assert len(found) == len(built_in_rules()) - 1


def test_mistakes_of_several_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- no mapping")
    (tmp_path / "b.yaml").write_text("name: b")
    with pytest.raises(RulesInvalid, match=r"a\.yaml: .*b\.yaml: when"):
        load_rules(tmp_path)
