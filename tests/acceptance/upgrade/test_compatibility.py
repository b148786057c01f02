"""deploy/compatibility.yaml says of the last release what its store shows, and what today's code can go on from."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from radar_chassis.bus.open import open_bus
from radar_chassis.store.migrate import configuration
from tests.support.reading import read_all
from tests.support.release_rows import STORES
from tests.support.release_store import ROOT, compatibility, store_folder, unpack

LARGEST_STORE = 500_000


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The release's data folder."""
    return unpack(tmp_path_factory.mktemp("release"))


@pytest.mark.parametrize("topic", compatibility()["records"])
def test_records_have_the_version_that_is_named(data: Path, topic: str) -> None:
    bus = open_bus(f"sqlite:///{data / 'log.db'}")
    versions = {json.loads(record.value)["version"] for record in read_all(bus, topic) if record.value}
    bus.close()
    assert versions == {compatibility()["records"][topic]}


@pytest.mark.parametrize("service", compatibility()["migrations"])
def test_migrations_go_on_from_the_one_that_is_named(data: Path, service: str) -> None:
    named = compatibility()["migrations"][service]
    schema, package = STORES[service]
    with closing(sqlite3.connect(data / f"{schema}.db")) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(named,)]
    history = ScriptDirectory.from_config(configuration(package))
    assert named in {one.revision for one in history.walk_revisions()}


def test_every_service_is_named() -> None:
    assert compatibility()["migrations"].keys() == STORES.keys()


def test_the_changelog_names_the_release() -> None:
    release = compatibility()
    heading = f"\n## {release['version']} ({release['date']}, {release['commit'][:7]})\n"
    assert heading in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_store_is_small() -> None:
    assert sum(file.stat().st_size for file in store_folder().iterdir()) < LARGEST_STORE
