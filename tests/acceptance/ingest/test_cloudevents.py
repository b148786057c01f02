"""CloudEvents 1.0 over HTTP: structured, in a batch, and binary."""

import base64
import json
from typing import Any

import pytest

from tests.support.ingest import Ingest


def cloud(**changes: Any) -> dict[str, Any]:
    event = {
        "specversion": "1.0",
        "id": "1",
        "source": "/billing",
        "type": "com.example.feature_used",
        "time": "2026-01-05T10:00:00Z",
        "accountid": "acme",
        "userid": "u-7",
        "datacontenttype": "application/json",
        "data": {"feature": "report.export"},
    }
    return {name: value for name, value in {**event, **changes}.items() if value is not None}


def post(ingest: Ingest, event: Any, kind: str = "application/cloudevents+json; charset=utf-8") -> Any:
    return ingest.send_bytes(json.dumps(event), content_type=kind)


def test_a_structured_event_is_taken(ingest: Ingest) -> None:
    assert post(ingest, cloud()).json()["accepted"] == 1
    [event] = ingest.events()
    assert (event.type, event.account_id, event.user_id) == ("feature_used", "acme", "u-7")
    assert json.loads(bytes(event.data)) == {"feature": "report.export"}


def test_identity_is_source_and_id(ingest: Ingest) -> None:
    answer = post(
        ingest,
        [cloud(), cloud(), cloud(source="/other"), cloud(source="/billing 1"), 7],
        "application/cloudevents-batch+json",
    )
    states = [result["status"] for result in answer.json()["results"]]
    assert states == ["accepted", "duplicate", "accepted", "accepted", "rejected"]


def test_an_empty_batch_is_fine(ingest: Ingest) -> None:
    assert post(ingest, [], "application/cloudevents-batch+json").json()["results"] == []


@pytest.mark.parametrize("kind", ["application/json", None])
def test_a_binary_event_is_taken_with_or_without_a_content_type(ingest: Ingest, kind: str | None) -> None:
    headers = {"ce-specversion": "1.0", "ce-id": "1", "ce-source": "/b", "ce-type": "login"}
    headers |= {"ce-subject": "caf%C3%A9%2525", "ce-time": "2026-01-05T10:00:00Z"}
    headers |= {"Content-Type": kind} if kind else {}
    answer = ingest.client().post("/v1/events", content=b'{"method":"sso"}', headers=headers)
    assert answer.json()["accepted"] == 1, answer.text
    [event] = ingest.events()
    assert (event.type, event.account_id) == ("login", "café%25")
    assert bytes(event.data) == b'{"method":"sso"}'


def test_data_may_come_in_base64(ingest: Ingest) -> None:
    data = base64.b64encode(b'{"feature":"x"}').decode()
    assert post(ingest, cloud(data=None, data_base64=data)).json()["accepted"] == 1
    assert post(ingest, cloud(id="2", data=None, data_base64="!")).json()["rejected"] == 1


@pytest.mark.parametrize(
    "changes",
    [{"specversion": "0.3"}, {"source": None}, {"id": ""}, {"type": "zap"}, {"accountid": None}, {"data": 3}],
)
def test_what_is_no_event_of_ours_is_refused(ingest: Ingest, changes: dict[str, Any]) -> None:
    assert post(ingest, cloud(**changes)).json()["rejected"] == 1


def test_other_formats_and_broken_headers_are_problems(ingest: Ingest) -> None:
    assert post(ingest, cloud(), "application/cloudevents+avro").status_code == 415
    assert post(ingest, cloud(), "application/cloudevents+xml").status_code == 415
    client = ingest.client()
    assert client.post("/v1/events", headers={"ce-specversion": "1.0", "ce-id": "%FF"}).status_code == 400
    broken = ingest.send_bytes(b"{", content_type="application/cloudevents+json")
    assert (broken.status_code, broken.json()["code"]) == (400, "malformed_json")
