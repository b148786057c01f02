"""The API key of an embedded installation: kept in a file that only its owner can read, so that it stays the same."""

import os
from pathlib import Path
from typing import Final

from radar.settings import Settings
from radar_chassis.access.keys import parse
from radar_chassis.access.store import KeyStore

FILE: Final = "api-key"


def embedded_key(settings: Settings, keys: KeyStore) -> str:
    """Return the key to print and to work with, made where none works yet.

    Keys are stored as hashes. This one is also kept as it is, in ``data/api-key``, because it opens a product that
    runs on its owner's own machine.
    """
    if settings.bootstrap_key is not None:
        return settings.bootstrap_key.get_secret_value()
    file = settings.data / FILE
    kept = file.read_text(encoding="utf-8").strip() if file.is_file() else ""
    parts = parse(kept)
    known = keys.find(parts[0]) if parts else None
    if parts and known and known.matches(parts[1]) and known.revoked_at is None:
        return kept
    whole, _ = keys.create("embedded", frozenset({"admin"}))
    _write(file, whole)
    return whole


def _write(file: Path, key: str) -> None:
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(key + "\n")
