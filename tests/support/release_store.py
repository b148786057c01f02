"""The filled store of the last release: what is in it, how to unpack it, and what the release itself answered from it.

``fill_release_store`` made it; deploy/compatibility.yaml names it.
"""

import gzip
import json
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[2]
COMPATIBILITY: Final = ROOT / "deploy/compatibility.yaml"
STORE: Final = "store.tar.xz"
EVENTS: Final = "events.ndjson.gz"
ANSWERS: Final = "answers.json"

FILLED_AT: Final = datetime(2026, 11, 27, 8, tzinfo=UTC)
# Soon enough that no alert is escalated or opened again.
OPENED_AT: Final = FILLED_AT + timedelta(hours=12)
SETTINGS: Final = {"RADAR_TIME_ZONE": "Europe/Berlin", "RADAR_HEALTH__SETTLE_SECONDS": "1"}

# Taken by the release's ingest and never read by its health-score service.
UNREAD: Final = [
    {"id": f"unread-{number}", "type": "feature_used", "account_id": "unread", "user_id": "u-1",
     "occurred_at": f"2026-11-27T0{number}:00:00Z", "data": {"feature": "report.export"}}
    for number in range(3)
]  # fmt: skip


def compatibility() -> dict[str, Any]:
    """Return what deploy/compatibility.yaml says of the last release."""
    last: dict[str, Any] = yaml.safe_load(COMPATIBILITY.read_text())["releases"][0]
    return last


def store_folder() -> Path:
    """Return the folder of the last release's store."""
    return ROOT / str(compatibility()["store"])


def unpack(into: Path) -> Path:
    """Unpack the data folder of the release and return it."""
    with tarfile.open(store_folder() / STORE) as packed:
        packed.extractall(into, filter="data")
    return into / "data"


def answers() -> dict[str, Any]:
    """Return what the release answered."""
    found: dict[str, Any] = json.loads((store_folder() / ANSWERS).read_text())
    return found


def events() -> list[dict[str, Any]]:
    """Return the events that the store was filled with, without the unread ones."""
    return [json.loads(line) for line in gzip.open(store_folder() / EVENTS, "rt")]


def radar_at(moment: datetime, python: str = sys.executable) -> tuple[str, ...]:
    """Return the command ``radar`` with a clock that shows ``moment`` when it starts."""
    # -P keeps this folder, whose modules are named like libraries, out of the search for modules.
    return (python, "-P", str(Path(__file__).with_name("radar_at.py")), moment.isoformat())
