"""The embedded key stays the same over restarts, for as long as it works."""

from pathlib import Path

import pytest

from radar.embedded_key import embedded_key
from radar.settings import Settings
from radar_chassis.access.keys import parse
from radar_chassis.access.store import KeyStore
from radar_chassis.clock import SystemClock
from radar_chassis.store.database import Database


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    store = KeyStore(Database(f"sqlite:///{tmp_path}/access.db", schema="access"), SystemClock())
    store.migrate()
    return store


def test_it_is_made_once_and_kept_for_its_owner_only(tmp_path: Path, keys: KeyStore) -> None:
    settings = Settings(data=tmp_path)
    first = embedded_key(settings, keys)
    assert embedded_key(settings, keys) == first
    assert (tmp_path / "api-key").stat().st_mode & 0o777 == 0o600
    assert len(keys.every()) == 1


@pytest.mark.parametrize("spoilt", ["", "nonsense", "radar_000000000000_" + "x" * 43])
def test_one_that_opens_nothing_is_made_anew(tmp_path: Path, keys: KeyStore, spoilt: str) -> None:
    (tmp_path / "api-key").write_text(spoilt)
    made = embedded_key(Settings(data=tmp_path), keys)
    assert (tmp_path / "api-key").read_text().strip() == made != spoilt


def test_a_revoked_one_is_made_anew(tmp_path: Path, keys: KeyStore) -> None:
    settings = Settings(data=tmp_path)
    first = embedded_key(settings, keys)
    keys.revoke((parse(first) or ("", ""))[0])
    assert embedded_key(settings, keys) != first
