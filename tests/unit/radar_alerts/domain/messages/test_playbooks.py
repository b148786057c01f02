"""Playbooks: the built-in ones, and a workspace's own over them."""

import pytest
from msgspec import structs

from radar_alerts.domain.messages.compose import compose_notice
from radar_alerts.domain.messages.playbook_set import PlaybooksInvalid, built_in, load_playbooks
from radar_chassis.errors import ConfigurationError
from radar_vocabulary.language.tags import LANGUAGES
from radar_vocabulary.reasons.causes import CAUSES
from tests.support.stories import RISK, case, due, known, story

OTHERS = {"renewal_passed", "expansion_ready", "notice_given"}


def test_there_is_a_playbook_for_every_cause_and_for_what_else_a_case_can_be():
    assert set(built_in().by_name) == {*CAUSES, *OTHERS}


@pytest.mark.parametrize("name", sorted({*CAUSES, *OTHERS}))
def test_a_built_in_playbook_is_written_in_every_language(name):
    said = [built_in().steps(name, language) for language in LANGUAGES]
    assert len({len(one) for one in said}) == 1
    assert len({one[0] for one in said}) == len(LANGUAGES)


def test_the_kind_of_case_comes_before_the_cause():
    steps = built_in().steps_for
    assert steps(case(notice_given=True), "money", "en") == built_in().steps("notice_given", "en")
    assert steps(case(kind="passed"), "money", "en") == built_in().steps("renewal_passed", "en")
    assert steps(case(kind="expansion"), None, "en") == built_in().steps("expansion_ready", "en")
    assert steps(case(), "money", "en") == built_in().steps("money", "en")


def test_without_a_known_cause_a_rule_s_playbook_says_what_to_do_else_a_general_step():
    asked = structs.replace(RISK, playbook="promises")
    assert built_in().steps_for(case(signals=(asked,)), None, "en") == built_in().steps("promises", "en")
    bare = compose_notice(story(snapshot=known(drivers=()), renewal=due()))
    assert bare.advice == "Call them. Ask how it is going, and what they need before the renewal."


def test_a_workspace_s_playbook_replaces_the_built_in_one_and_adds_its_own(tmp_path):
    (tmp_path / "money.yaml").write_text("steps:\n  - ja: 電話する\n  - {en: Call, zh-Hans: 致电}\n", "utf-8")
    (tmp_path / "vip.yaml").write_text("steps: [{en: Ask the founder to call}]", "utf-8")
    playbooks = load_playbooks(tmp_path)
    assert playbooks.steps("money", "zh-Hans") == ("電話する", "致电")
    assert playbooks.steps("promises", "en") == built_in().steps("promises", "en")
    asked = case(signals=(structs.replace(RISK, playbook="vip"),))
    assert compose_notice(story(about=asked), playbooks).advice == "Ask the founder to call"


def test_every_mistake_of_every_playbook_is_named(tmp_path):
    (tmp_path / "a.yaml").write_text("steps: [")
    (tmp_path / "b.yaml").write_text("- x")
    (tmp_path / "c.yaml").write_text("steps: []\nowner: x")
    (tmp_path / "d.yaml").write_text(f"steps: [x, {{}}, {{fr: Appelez}}, {{en: ''}}, {{en: {'x' * 301}}}]")
    (tmp_path / "d.yml").write_text("steps: [{en: Call}]")
    with pytest.raises(PlaybooksInvalid) as found:
        load_playbooks(tmp_path)
    problems = found.value.problems
    assert [one.split(":")[0] for one in problems] == [
        "a.yaml", "b.yaml", "c.yaml", "c.yaml", "d.yaml", "d.yaml", "d.yaml", "d.yaml", "d.yaml", "d.yml",
    ]  # fmt: skip
    assert "steps[3].fr: the languages are en, ja, zh-Hans" in problems[6]


def test_a_folder_that_is_not_there_or_a_file_that_can_t_be_read_is_a_clear_error(tmp_path):
    with pytest.raises(ConfigurationError, match="create it"):
        load_playbooks(tmp_path / "none")
    (tmp_path / "money.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigurationError, match="can't be read"):
        load_playbooks(tmp_path)


def test_without_a_folder_the_built_in_ones_are_in_force():
    assert load_playbooks(None) is built_in()
