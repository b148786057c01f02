"""Fill a store with a release's own code, pack it, and write down what the release answers from it.

Check the release out, run ``make .venv/.dev`` there, then here, for the store that deploy/compatibility.yaml names::

    .venv/bin/python -m tests.support.fill_release_store ../release/.venv/bin/python

A dozen simulated accounts with their contracts, people, two months of use, tickets and invoices; alerts sent by
e-mail, one each acknowledged, snoozed and resolved; two accounts with their health set by hand; a Segment account; a
dead letter; and events that the release took and didn't read. Every run makes the same facts and scores.
"""

import gzip
import json
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import httpx2

from radar.simulator.company import Company
from radar.simulator.native import ndjson
from tests.support.child import Child
from tests.support.mailbox import mail_server
from tests.support.ports import free_port
from tests.support.radar_cli import Running, running
from tests.support.release_answers import release_answers
from tests.support.release_store import (
    ANSWERS,
    EVENTS,
    FILLED_AT,
    SETTINGS,
    STORE,
    UNREAD,
    radar_at,
    store_folder,
)
from tests.support.wait import eventually

# The simulated company opens an alert of its own; these two get one by a health set by hand.
SET_BY_HAND: Final = ("alder-telecom", "cobalt-energy")
SEGMENT: Final[Sequence[dict[str, Any]]] = (
    {"type": "identify", "userId": "s-1", "messageId": "s1", "traits": {"name": "Sam"}, "context": {"groupId": "seg"}},
    {"type": "group", "userId": "s-1", "groupId": "seg", "messageId": "s2", "traits": {"name": "Segment Ltd"}},
    {"type": "track", "userId": "s-1", "messageId": "s3", "event": "Report Exported", "context": {"groupId": "seg"}},
)  # fmt: skip


def fill(python: str) -> None:
    """Make the store of the release that ``python`` runs."""
    folder = store_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / EVENTS).write_bytes(gzip.compress(_history(), mtime=0))
    with tempfile.TemporaryDirectory() as scratch, mail_server() as mail:
        data = Path(scratch) / "data"
        with running(
            data, command=radar_at(FILLED_AT, python), RADAR_ALERTS__SMTP_URL=mail.url, **SETTINGS
        ) as radar:
            _live(radar)
            (folder / ANSWERS).write_text(json.dumps(release_answers(radar), indent=1) + "\n")
            radar.child.stop()
        _leave_unread(data, python)
        with tarfile.open(folder / STORE, "w:xz", preset=9) as packed:
            packed.add(data, "data")


def _history() -> bytes:
    company = Company(accounts=12, days=60, seed=7, anchor=(FILLED_AT - timedelta(days=1)).date())
    return b"".join(ndjson(events) for events in company.history(FILLED_AT))


def _live(radar: Running) -> None:
    _send(
        radar,
        "/v1/events",
        [json.loads(line) for line in _history().splitlines()],
        **{"Radar-History": "true"},
    )
    _send(radar, "/v1/batch", {"batch": SEGMENT})
    _send(radar, "/v1/events", [{"id": "letter", "type": "voyage", "account_id": "seg"}])
    eventually(lambda: len(radar.every("/v1/accounts")) == 13, within=60, what="every account is scored")
    for account in SET_BY_HAND:
        expires = (FILLED_AT + timedelta(days=60)).isoformat()
        body = {"band": "at_risk", "author": "Kim", "reason": "Their champion left", "expires_at": expires}
        _send(radar, f"/v1/accounts/{account}/override", body, method="PUT")
    alerts = eventually(lambda: _announced(radar, 3), within=60, what="three alerts are announced")
    acts = (
        ("acknowledge", {}),
        ("snooze", {"until": (FILLED_AT + timedelta(days=7)).isoformat()}),
        ("resolve", {"outcome": "recovered"}),
    )
    for alert, (act, body) in zip(alerts, acts, strict=True):
        _send(radar, f"/v1/alerts/{alert}/{act}", {"by": "Kim", **body})
    eventually(radar.idle, within=60, what="every record is read")


def _announced(radar: Running, count: int) -> list[str]:
    """Return the alerts by their account's name once ``count`` of them were sent to somebody."""
    sent = {one["alert_id"] for one in radar.every("/v1/deliveries", state="sent")}
    alerts = {one["account_id"]: one["alert_id"] for one in radar.every("/v1/alerts")}
    return [alerts[account] for account in sorted(alerts)] if len(sent) == count else []


def _leave_unread(data: Path, python: str) -> None:
    """Let the release's ingest take events while nobody reads them."""
    port = str(free_port())
    command = [
        *radar_at(FILLED_AT + timedelta(hours=1), python),
        "ingest",
        "--data",
        str(data),
        "--port",
        port,
    ]
    key = (data / "api-key").read_text().strip()
    child = Child(command, log=data.parent / "ingest.log")
    radar = Running(f"http://127.0.0.1:{port}", key, child, data)
    eventually(lambda: _is_ready(radar), within=60, what="ingest is ready")
    _send(radar, "/v1/events", UNREAD)
    child.stop()


def _is_ready(radar: Running) -> bool:
    try:
        return bool(radar.get("/readyz"))
    except httpx2.TransportError:
        return False


def _send(radar: Running, path: str, body: Any, *, method: str = "POST", **headers: str) -> None:
    answer = httpx2.request(
        method,
        f"{radar.url}{path}",
        json=body,
        headers={"Authorization": f"Bearer {radar.key}", **headers},
        timeout=60,
        trust_env=False,
    )
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"


if __name__ == "__main__":
    fill(sys.argv[1])
