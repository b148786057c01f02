"""An import as a whole: what was read is sent, and who interrupts it needn't wait."""

import json
import threading
from pathlib import Path

import httpx2
import pytest

from radar.importer.errors import BadFile
from radar.importer.loading import load
from radar.importer.receipts import Summary
from radar.importer.tables import Tables
from radar.importer.transport import EventsApi


def accepting(request: httpx2.Request) -> httpx2.Response:
    del request
    return httpx2.Response(200, json={"accepted": 1, "duplicate": 0, "rejected": 0, "results": []})


def api(answer: httpx2.MockTransport) -> EventsApi:
    return EventsApi(httpx2.Client(base_url="http://radar", transport=answer), history=False)


def file_of(path: Path, events: int) -> Path:
    path.write_text(
        "".join(json.dumps({"id": str(n), "account_id": str(n % 7)}) + "\n" for n in range(events))
    )
    return path


def test_what_stands_before_a_bad_line_is_sent_all_the_same(tmp_path: Path) -> None:
    file = file_of(tmp_path / "e.ndjson", 3)
    file.write_text(file.read_text() + "{broken\n")
    summary = Summary()
    with pytest.raises(BadFile, match="line 4"):
        load([file], api(httpx2.MockTransport(accepting)), Tables(), summary, lanes=1)
    assert summary.accepted == 1


def test_progress_covers_all_files(tmp_path: Path) -> None:
    files = [file_of(tmp_path / f"{name}.ndjson", 700) for name in "ab"]
    told: list[int] = []
    transport = api(httpx2.MockTransport(accepting))
    load(files, transport, Tables(), Summary(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == sum(file.stat().st_size for file in files)


def test_an_interrupt_does_not_wait_for_requests_under_way(tmp_path: Path) -> None:
    release = threading.Event()

    def stuck(request: httpx2.Request) -> httpx2.Response:
        release.wait(60)
        return accepting(request)

    def interrupted(_bytes: int) -> None:
        raise KeyboardInterrupt

    file = file_of(tmp_path / "e.ndjson", 30_000)
    with pytest.raises(KeyboardInterrupt):
        load([file], api(httpx2.MockTransport(stuck)), Tables(), Summary(), progress=interrupted)
    release.set()
