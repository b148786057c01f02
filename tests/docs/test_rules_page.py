"""The page of rules shows what the product reads."""

from pathlib import Path
from typing import Final, get_args

from radar_alerts.domain.rules.condition_file import LEAF_FIELDS, VALUE_FIELDS
from radar_alerts.domain.rules.known import BESIDE_METRICS
from radar_alerts.domain.rules.load import built_in_rules
from radar_alerts.domain.rules.rule import Opens, RestsOn
from radar_alerts.domain.rules.rule_file import FIELDS, RuleReader
from radar_vocabulary.contracts.alerts import CaseKind, Severity

PAGE: Final = (Path(__file__).resolve().parents[2] / "docs" / "rules.md").read_text("utf-8")
SHOWN: Final = [part.partition("```")[0] for part in PAGE.split("```yaml\n")[1:]]


def test_each_rule_on_the_page_is_one() -> None:
    reader = RuleReader(bases={one.name: one for one in built_in_rules()})
    assert all(reader.rule(text) for text in SHOWN)
    assert reader.problems == []


def test_the_example_shows_every_field_and_every_choice() -> None:
    words = set(SHOWN[0].replace(":", " ").replace(",", " ").replace(";", " ").replace("(", " ").split())
    choices = {one for known in (Opens, RestsOn, CaseKind, Severity) for one in get_args(known)}
    assert (choices | set(FIELDS)) - words == set()


def test_the_grammar_names_every_field_of_a_condition_and_of_a_value() -> None:
    grammar = PAGE.partition("## Conditions")[2].partition("## Readings")[0]
    missing = [
        name for name in (*LEAF_FIELDS, *VALUE_FIELDS, "least_of", "all", "any", "not") if name not in grammar
    ]
    assert missing == []


def test_the_readings_beside_metrics_have_a_row_each() -> None:
    rows = PAGE.partition("## Readings")[2].partition("\n## ")[0].splitlines()
    assert {row.split("`")[1] for row in rows if row.startswith("| `")} == BESIDE_METRICS


def test_every_built_in_rule_is_shown_as_it_is() -> None:
    shown = PAGE.partition("## Built-in rules")[2]
    assert [one.name for one in built_in_rules() if one.definition not in shown] == []
    assert shown.count("```yaml") == len(built_in_rules())
