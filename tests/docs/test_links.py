"""Links and paths in the documents lead to files that exist."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PLACES: Final = (
    "services/",
    "ingest/",
    "health-score/",
    "alerts/",
    "tests/",
    "docs/",
    "deploy/",
    "requirements/",
)
_LINK: Final = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_CODE: Final = re.compile(r"`([^`\n]+)`")


def documents() -> Iterator[Path]:
    """Return every Markdown file of the repository, without those of tools and environments."""
    yield from sorted(ROOT.glob("*.md"))
    for place in PLACES:
        found = sorted((ROOT / place).rglob("*.md"))
        yield from (file for file in found if not {"node_modules", ".venv"} & set(file.parts))


EACH: Final = pytest.mark.parametrize("page", [str(one.relative_to(ROOT)) for one in documents()])


@EACH
def test_every_link_leads_to_a_file(page: str) -> None:
    folder = (ROOT / page).parent
    links = [link for link in _LINK.findall((ROOT / page).read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (folder / link).exists()] == []


@EACH
def test_every_path_that_is_named_exists(page: str) -> None:
    named = [text for text in _CODE.findall((ROOT / page).read_text("utf-8")) if text.startswith(PLACES)]
    paths = [text for text in named if re.fullmatch(r"[\w./*<>-]+", text)]
    assert [path for path in paths if not list(ROOT.glob(re.sub(r"<\w+>", "*", path.rstrip("/"))))] == []


def test_every_place_to_go_exists() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Where to go")[2].partition("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ") and "| --- |" not in row][1:]
    places = {row: [text for text in _CODE.findall(row.split("|")[2]) if "/" in text] for row in rows}
    assert len(rows) > 10
    assert [row for row, named in places.items() if not named] == [], "name the place with its whole path"
    missing = [place for named in places.values() for place in named if not (ROOT / place).exists()]
    assert missing == [], "a place has moved: name the new one"
