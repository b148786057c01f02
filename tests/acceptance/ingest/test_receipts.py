"""Every event gets an honest receipt, and what is accepted stands on the log."""

import gzip
import json

import pytest
import zstandard

from tests.acceptance.ingest.events import use
from tests.support.ingest import Ingest


def test_one_event_is_on_the_log_when_the_answer_comes(ingest: Ingest) -> None:
    event = use()
    answer = ingest.send(event)

    assert answer.status_code == 200
    assert answer.json()["accepted"] == 1
    assert answer.json()["results"][0]["event_id"] == event["id"]
    [stored] = ingest.events()
    assert stored.id == event["id"]
    assert stored.account_id == "acme"
    assert json.loads(bytes(stored.data)) == event["data"]
    assert stored.known_at == stored.received_at


@pytest.mark.parametrize("shape", ["array", "lines", "lines by content", "gzip", "zstd", "chunked"])
def test_a_batch_is_taken_in_every_shape(ingest: Ingest, shape: str) -> None:
    events = [use() for _ in range(20)]
    array = json.dumps(events).encode()
    lines = b"\n".join(json.dumps(event).encode() for event in events)
    body, headers = {
        "array": (array, {}),
        "lines": (lines, {"content_type": "application/x-ndjson"}),
        "lines by content": (lines, {"content_type": "application/json"}),
        "gzip": (gzip.compress(array), {"content_encoding": "gzip"}),
        "zstd": (zstandard.compress(array), {"content_encoding": "zstd"}),
        "chunked": (iter([array[:700], array[700:]]), {}),
    }[shape]

    answer = ingest.send_bytes(body, **headers)

    assert answer.status_code == 200, answer.text
    assert answer.json()["accepted"] == 20
    assert sorted(ingest.ids()) == sorted(event["id"] for event in events)


def test_a_retry_is_a_duplicate_and_so_is_a_repeat_within_a_batch(ingest: Ingest) -> None:
    first, second = use(), use()

    answer = ingest.send([first, second, first])
    assert [result["status"] for result in answer.json()["results"]] == ["accepted", "accepted", "duplicate"]

    again = ingest.send([first, second])
    assert (again.json()["accepted"], again.json()["duplicate"]) == (0, 2)
    assert sorted(ingest.ids()) == sorted([first["id"], second["id"]])


def test_the_same_id_of_another_account_is_another_event(ingest: Ingest) -> None:
    event = use()
    answer = ingest.send([event, {**event, "account_id": "other"}])
    assert answer.json()["accepted"] == 2


def test_an_event_without_id_or_time_is_taken_with_warnings(ingest: Ingest) -> None:
    answer = ingest.send(use(id=None, occurred_at=None))

    [result] = answer.json()["results"]
    assert result["status"] == "accepted"
    assert len(result["warnings"]) == 2
    [stored] = ingest.events()
    assert stored.id == result["event_id"]
    assert stored.occurred_at == stored.received_at


def test_history_counts_as_known_when_it_happened(ingest: Ingest) -> None:
    ingest.client().post("/v1/events", json=use(), headers={"Radar-History": "true"})
    [stored] = ingest.events()
    assert stored.known_at == stored.occurred_at < stored.received_at


def test_nothing_is_promised_while_the_log_is_away_and_a_retry_is_no_duplicate(ingest: Ingest) -> None:
    event = use()
    ingest.bus.away = True
    refused = ingest.send(event)
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.json()["code"] == "log_unavailable"
    assert ingest.client().get("/readyz").status_code == 503

    ingest.bus.away = False
    assert ingest.send(event).json()["accepted"] == 1
    assert ingest.ids() == [event["id"]]


def test_what_was_refused_and_accepted_is_counted(ingest: Ingest) -> None:
    ingest.send([use(), use(type="nope")])
    metrics = ingest.client().get("/metrics").text
    assert 'radar_ingest_events_total{result="accepted"}' in metrics
    assert 'radar_ingest_events_total{result="rejected"}' in metrics
    assert "radar_produce_seconds_count" in metrics
