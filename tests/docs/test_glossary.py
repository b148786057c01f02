"""No public name in the code is one that the glossary has retired."""

import ast
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
GLOSSARY: Final = ROOT / "docs" / "glossary.md"
SOURCES: Final = tuple(ROOT / part / "src" for part in ("services", "ingest", "health-score", "alerts"))


def test_no_public_name_is_a_retired_one() -> None:
    retired = retired_names(GLOSSARY.read_text("utf-8"))
    found = {name: where for source in SOURCES for name, where in public_names(source) if name in retired}
    assert found == {}, "see docs/glossary.md for the name to use instead"


def test_each_term_has_one_row() -> None:
    terms = GLOSSARY.read_text("utf-8").partition("## Retired names")[0].splitlines()
    rows = [row.split("|")[1].strip() for row in terms if row.startswith("| ")]
    named = [row for row in rows if row not in {"term", "---"}]
    assert len(named) > 100
    assert [term for term in named if named.count(term) > 1] == []


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("pack/one.py", "class Voice: ...", "Voice"),
        ("pack/one.py", "class Seen:\n    def spoken(self): ...", "spoken"),
        ("pack/fate.py", "", "fate"),
        ("pack/fate.py", "", "pack.fate"),
        ("pack/fate/__init__.py", "", "fate"),
    ],
)
def test_a_class_a_function_and_a_module_are_public_names(
    tmp_path: Path, file: str, text: str, name: str
) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, "utf-8")
    assert name in {found for found, _ in public_names(tmp_path)}


def test_a_private_name_is_not_public(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("class _Voice: ...\n\n\ndef _spoken(): ...\n", "utf-8")
    assert {found for found, _ in public_names(tmp_path)} == {"one"}


def retired_names(page: str) -> AbstractSet[str]:
    """Return the first column of the table of retired names."""
    rows = page.partition("## Retired names")[2].partition("\n## ")[0].splitlines()
    cells = [row.split("|")[1].strip() for row in rows if row.startswith("| `")]
    assert cells, "the glossary has no table of retired names"
    return {cell.strip("`") for cell in cells}


def public_names(source: Path) -> Iterator[tuple[str, str]]:
    """Return each public module, class and function below a folder, and where it is."""
    for file in sorted(source.rglob("*.py")):
        path = file.relative_to(source)
        parts = path.with_suffix("").parts if path.name != "__init__.py" else path.parent.parts
        names = {parts[-1], ".".join(parts)} if parts else set()
        names.update(_defined(ast.parse(file.read_text("utf-8")).body))
        yield from ((name, str(path)) for name in names if not name.startswith("_"))


def _defined(body: Iterable[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from _defined(node.body)
