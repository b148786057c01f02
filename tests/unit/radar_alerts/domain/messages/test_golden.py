"""Whole messages as plain text, to be read: one file for each kind, in every language.

``RADAR_WRITE_GOLDEN=1`` writes the files again; read what changed before it is committed.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from radar_alerts.domain.messages.compose import compose_notice
from radar_alerts.domain.messages.digest import compose_digest
from radar_alerts.domain.messages.operators import cases_held, rule_demoted, source_back, source_down
from radar_alerts.domain.notice import Notice, plain
from radar_vocabulary.language.tags import LANGUAGES, Language
from tests.support.health import NOON
from tests.support.stories import CONSOLE, digest_items, every_story

GOLDEN = Path(__file__).parent / "golden"


def messages(language: Language) -> Iterator[tuple[str, Notice]]:
    for name, story in every_story(language).items():
        yield name, compose_notice(story)
    yield "digest", compose_digest(digest_items(), console=CONSOLE, language=language)
    first = [one for one in digest_items("first_contact") if one.why == "first_contact" and one.money]
    yield "digest_of_first_contact", compose_digest(first, console=CONSOLE, language=language)
    since, until = NOON - timedelta(hours=3), NOON
    yield "source_down", source_down("warehouse", since=since, expected=340, seen=12, language=language)
    yield "source_back", source_back("warehouse", since=since, until=until, language=language)
    held = {"key": "mass", "count": 12, "rule": "renewal_risk", "console": CONSOLE}
    yield "cases_held", cases_held("ho_1", again=False, language=language, **held)
    yield "rule_demoted", rule_demoted("low_score", right=9, opened=40, base_rate=0.2, language=language)


NAMES = [name for name, _ in messages("en")]


@pytest.mark.parametrize("name", NAMES)
def test_a_message_reads_as_it_was_read(name):
    said = "\n".join(f"[{language}]\n{plain(dict(messages(language))[name])}" for language in LANGUAGES)
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("RADAR_WRITE_GOLDEN"):
        file.write_text(said, "utf-8")
    assert file.read_text("utf-8") == said


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_said_in_each_language_and_keeps_no_gap(name):
    said = [plain(dict(messages(language))[name]) for language in LANGUAGES]
    assert len(set(said)) == len(LANGUAGES)
    assert not any("{" in one or "None" in one for one in said)


def test_no_golden_message_is_left_over():
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(NAMES)
