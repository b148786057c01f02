"""Everything that is said can be said in every language: catalogues are in step with the source, whole and sound."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_vocabulary.language.catalogues import catalogue_file
from radar_vocabulary.reasons.sentence import DESCRIPTIONS, PHRASES
from tests.support.catalogues import SOURCES, TRANSLATED, in_step, read, template

EACH = pytest.mark.parametrize(
    ("package", "language"), [(package, language) for package in SOURCES for language in TRANSLATED]
)
# How many texts a call of each begins with.
MARKS = {"message": 1, "plural": 2, "Missing": 1}
CONSOLE = {**MARKS, "marked": 1, "counted": 2}


@EACH
def test_a_catalogue_has_the_texts_of_the_source_and_no_others(package, language):
    kept = Path(str(catalogue_file(package, language))).read_bytes()
    assert kept == in_step(package, language), "run `make words`, and translate what it lists"


@EACH
def test_every_text_is_translated(package, language):
    texts = [one for one in read(package, language) if one.id]
    assert [one.id for one in texts if not all(_forms(one.string))] == []
    assert len(texts) > 10


@EACH
def test_a_translation_has_the_values_of_the_text(package, language):
    for one in read(package, language):
        if one.id:
            wanted = _values(_forms(one.id)[-1])
            assert all(_values(form) == wanted for form in _forms(one.string)), one.id


@pytest.mark.parametrize("package", SOURCES)
def test_a_number_is_there_in_both_english_forms(package):
    for one in template(package):
        if isinstance(one.id, tuple):
            assert all("count" in _values(form) for form in one.id), one.id


@pytest.mark.parametrize("package", SOURCES)
def test_a_text_is_written_out_where_it_is_marked_so_that_it_can_be_found(package):
    marks = CONSOLE if package == "radar" else MARKS
    calls = _marked(SOURCES[package], marks)
    hidden = [f"{file.name}:{call.lineno}" for file, call, texts in calls if not _literal(call, texts)]
    assert hidden == [], "a translator can't see what is put together; write whole texts, with {values}"


def test_every_metric_has_a_sentence_and_a_description_and_none_is_left_over():
    assert PHRASES.keys() == DESCRIPTIONS.keys() == CATALOGUE.keys()


def _forms(text) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _marked(folder: Path, marks: dict[str, int]) -> Iterator[tuple[Path, ast.Call, int]]:
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in marks:
                yield file, node, marks[node.func.id]


def _literal(call: ast.Call, texts: int) -> bool:
    return all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in call.args[:texts])
