"""What no contract can say is refused at every door, by its field; the good event beside it is taken."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.ingest import Ingest
from tests.support.radar_cli import radar

BAD = {
    "data.on": ("contract_closed", {"contract_id": "c", "outcome": "churned", "on": "0001-01-01"}),
    "data.renews_on": ("contract_updated", {"contract_id": "c", "renews_on": "9999-12-31"}),
    "data.starts_on": (
        "contract_updated",
        {"contract_id": "c", "renews_on": "2027-01-01", "starts_on": "1900-01-01"},
    ),
    "data.notice_days": (
        "contract_updated",
        {"contract_id": "c", "renews_on": "2027-01-01", "notice_days": 800_000},
    ),
    "data.mrr.amount": (
        "contract_updated",
        {"contract_id": "c", "renews_on": "2027-01-01", "mrr": {"amount": -5, "currency": "EUR"}},
    ),
    "data.mrr.currency": (
        "contract_updated",
        {"contract_id": "c", "renews_on": "2027-01-01", "mrr": {"amount": 5, "currency": "EUR\n"}},
    ),
    "data.new_mrr.currency": (
        "contract_closed",
        {
            "contract_id": "c",
            "outcome": "renewed",
            "on": "2027-01-01",
            "new_mrr": {"amount": 5, "currency": "XXX"},
        },
    ),
    "data.solved_at": (
        "ticket_updated",
        {"ticket_id": "t", "status": "solved", "solved_at": "0001-01-01T00:00:00Z"},
    ),
}
GOOD = {"contract_id": "c", "renews_on": "2027-01-01", "mrr": {"amount": 5, "currency": "usd"}}
OCCURRED_AT = "2026-01-05T10:00:00Z"


def native(event_type: str, data: Any, name: str) -> dict[str, Any]:
    return {"id": name, "type": event_type, "account_id": "acme", "occurred_at": OCCURRED_AT, "data": data}


def cloud(event_type: str, data: Any, name: str) -> dict[str, Any]:
    about = {"specversion": "1.0", "source": "/crm", "id": name, "type": f"com.example.{event_type}"}
    return {**about, "subject": "acme", "time": OCCURRED_AT, "data": data}


@pytest.mark.parametrize("field", BAD)
@pytest.mark.parametrize("door", ["native", "cloudevents"])
def test_a_value_that_cannot_be_is_refused_by_its_field(ingest: Ingest, door: str, field: str) -> None:
    made = native if door == "native" else cloud
    kind = "application/json" if door == "native" else "application/cloudevents-batch+json"
    body = [made(*BAD[field], name="bad"), made("contract_updated", GOOD, name="good")]
    answer = ingest.send_bytes(json.dumps(body).encode(), content_type=kind)
    assert answer.status_code == 200, answer.text
    bad, good = answer.json()["results"]
    assert (bad["status"], bad["code"], good["status"]) == ("rejected", "invalid_event", "accepted")
    assert bad["reason"].startswith(f"{field}: must ")
    [stored] = ingest.events()
    assert json.loads(bytes(stored.data))["mrr"] == {"amount": 5, "currency": "USD"}
    [letter] = ingest.letters()
    assert letter.reason == bad["reason"]


def test_a_cloud_event_in_binary_form_is_refused_too(ingest: Ingest) -> None:
    event_type, data = BAD["data.on"]
    headers = {"ce-specversion": "1.0", "ce-source": "/crm", "ce-id": "1", "ce-subject": "acme"}
    answer = ingest.client().post("/v1/events", json=data, headers={**headers, "ce-type": event_type})
    [bad] = answer.json()["results"]
    assert bad["reason"].startswith("data.on: must be from 1970-01-01")


def test_traits_of_segment_have_no_such_values(ingest: Ingest) -> None:
    traits = {"name": "Acme", "renews_on": "0001-01-01", "mrr": {"amount": -5, "currency": "eu r"}}
    message = {"type": "group", "userId": "u", "groupId": "acme", "messageId": "m", "traits": traits}
    answer = ingest.client().post("/v1/batch", json={"batch": [message]})
    assert answer.json()["accepted"] == 1
    [stored] = ingest.events()
    assert json.loads(bytes(stored.data)) == {
        "name": "Acme",
        "traits": {k: traits[k] for k in ("renews_on", "mrr")},
    }


def test_an_import_names_the_row_and_the_field(ingest: Ingest, tmp_path: Path) -> None:
    table = tmp_path / "contracts.csv"
    rows = (
        "g1,2027-01-01,30,100,usd",
        "b1,0001-01-01,30,100,EUR",
        "b2,2027-01-01,800000,100,EUR",
        "b3,2027-01-01,30,-1,EUR",
        "b4,2027-01-01,30,100,eu r",
    )
    head = "id,renews_on,notice_days,mrr.amount,mrr.currency,type,account_id,contract_id,occurred_at"
    table.write_text(
        "\n".join([head, *(f"{row},contract_updated,acme,c,{OCCURRED_AT}" for row in rows)]) + "\n"
    )
    done = radar("import", table, "--json", RADAR_URL=ingest.url, RADAR_KEY=ingest.key())
    told = done.json()
    assert (done.status, told["accepted"], told["rejected"]) == (1, 1, 4)
    parked = {letter.event_id: letter.reason.split(":")[0] for letter in ingest.letters()}
    assert parked == {
        "b1": "data.renews_on", "b2": "data.notice_days", "b3": "data.mrr.amount", "b4": "data.mrr.currency"
    }  # fmt: skip
    assert [event.id for event in ingest.events()] == ["g1"]
