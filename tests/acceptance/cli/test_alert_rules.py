"""``radar alerts rules check``, as people run it before they put rules in force."""

import json
from pathlib import Path

from tests.support.radar_cli import radar


def test_rules_are_listed_as_they_will_be_in_force(tmp_path: Path) -> None:
    (tmp_path / "tickets.yaml").write_text("name: severe_ticket\nopens: case")
    (tmp_path / "off.yaml").write_text("name: incident\nenabled: false")
    (tmp_path / "own.yaml").write_text("name: nobody_new\nwhen: {reading: new_users, is: 0, for_days: 28}")
    done = radar("alerts", "rules", "check", tmp_path, "--json")
    assert (done.status, done.err) == (0, "")
    found = {one["name"]: one for one in json.loads(done.out)["rules"]}
    assert "incident" not in found
    assert {name: found[name]["origin"] for name in ("severe_ticket", "nobody_new", "use_stopped")} == {
        "severe_ticket": "changed",
        "nobody_new": "own",
        "use_stopped": "built-in",
    }
    assert found["use_stopped"]["window"] == {"earliest": 60, "latest": 0}
    assert found["renewal_risk"]["held_days"] == 7


def test_without_files_the_built_in_rules_are_listed_as_a_table() -> None:
    done = radar("alerts", "rules", "check")
    assert (done.status, done.err) == (0, "")
    rows = {line.split()[0]: line for line in done.out.splitlines()}
    assert rows["RULE"].split() == ["RULE", "OPENS", "SEVERITY", "WINDOW", "HELD", "CAP", "ORIGIN", "VERSION"]
    assert rows["renewal_risk"].split()[1:8] == ["case", "high", "120–7", "d", "7", "d", "2"]


def test_every_mistake_of_every_file_is_said_and_the_status_is_not_0(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("name: a\nwhen: {reading: threshhold, below: 3}\ncap: 0")
    (tmp_path / "b.yaml").write_text("- no rule")
    done = radar("alerts", "rules", "check", tmp_path / "a.yaml", tmp_path / "b.yaml", "--json")
    assert done.status == 1
    assert json.loads(done.out)["mistakes"] == [
        "a.yaml: rule a: when.reading names 'threshhold', which is no reading (did you mean threshold?)",
        "a.yaml: rule a: cap must be a whole number from 1 to 1000",
        "b.yaml: a rule must be a mapping of fields, such as name, when, opens",
    ]
    assert done.err.startswith("radar: The rules have mistakes: a.yaml: rule a: when.reading")
    assert "Traceback" not in done.err


def test_a_file_that_does_not_exist_is_said_so(tmp_path: Path) -> None:
    done = radar("alerts", "rules", "check", tmp_path / "none.yaml")
    assert (done.status, done.out) == (1, "")
    assert "none.yaml can't be read; check its path and its rights." in done.err
