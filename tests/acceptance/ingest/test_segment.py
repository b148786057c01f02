"""The Segment-compatible paths: right account, right time, and never a good message lost for a bad one."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from radar_chassis.clock import ManualClock
from tests.support.ingest import Ingest, StartIngest
from tests.support.wait import eventually

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def track(number: int = 0, **changes: Any) -> dict[str, Any]:
    message = {
        "type": "track",
        "event": "Report Exported",
        "userId": "u1",
        "properties": {"seconds": 4.5, "format": "pdf"},
        "context": {"groupId": "acme"},
        "messageId": f"m{number}",
        "timestamp": "2026-06-01T11:59:00+00:00",
    }
    return {**message, **changes}


def post(ingest: Ingest, path: str, body: Any, key: str | None = None) -> httpx2.Response:
    auth = base64.b64encode(f"{key or ingest.key()}:".encode()).decode()
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": f"Basic {auth}", "Content-Type": "application/json"}
    return httpx2.post(f"{ingest.url}/v1/{path}", content=content, headers=headers, timeout=30)


def batch(ingest: Ingest, *messages: dict[str, Any], **more: Any) -> httpx2.Response:
    return post(ingest, "batch", {"batch": messages, **more})


def data(event: Any) -> Any:
    return json.loads(bytes(event.data))


def test_a_track_is_a_use_of_a_feature(ingest: Ingest) -> None:
    answer = batch(ingest, track())
    assert answer.status_code == 200
    [event] = ingest.events()
    assert (event.id, event.type, event.account_id, event.user_id) == ("m0", "feature_used", "acme", "u1")
    assert data(event)["feature"] == "Report Exported"
    assert data(event)["seconds"] == 4.5
    assert data(event)["properties"] == {"seconds": 4.5, "format": "pdf"}


@pytest.mark.parametrize("name", ["Signed In", "login", "Logged In", "logged_in"])
def test_a_sign_in_is_a_login(ingest: Ingest, name: str) -> None:
    batch(ingest, track(event=name))
    assert [event.type for event in ingest.events()] == ["login"]


def test_identify_and_group_say_what_is_known_of_people_and_accounts(ingest: Ingest) -> None:
    group = {"type": "group", "userId": 7, "groupId": "acme", "messageId": "g"}
    traits = {"name": "Acme", "industry": "retail", "segment": "key", "plan": "pro"}
    who = {"type": "identify", "userId": 7, "messageId": "i", "traits": {"email": "a@b.c", "role": "boss"}}

    answer = batch(ingest, {**group, "traits": traits}, who).json()

    events = {event.id: event for event in ingest.events()}
    assert events["g"].type == "account_updated"
    assert data(events["g"]) == {
        "name": "Acme",
        "industry": "retail",
        "segment": "key",
        "traits": {"plan": "pro"},
    }
    assert (events["i"].type, events["i"].user_id, events["i"].account_id) == ("user_updated", "7", "acme")
    assert data(events["i"]) == {"email": "a@b.c", "traits": {"role": "boss"}}
    assert "role" in answer["results"][1]["warnings"][0]


def test_a_track_belongs_to_the_account_its_user_was_last_grouped_into(ingest: Ingest) -> None:
    group = {"type": "group", "userId": "u1", "groupId": "first", "timestamp": "2026-01-01T00:00:00Z"}
    later = {**group, "groupId": "second", "timestamp": "2026-02-01T00:00:00Z"}
    batch(ingest, later)
    batch(ingest, group)

    batch(ingest, track(1, context={}), track(2), track(3, context={}, userId=None, anonymousId="u1"))

    accounts = {event.id: event.account_id for event in ingest.events()}
    assert (accounts["m1"], accounts["m2"], accounts["m3"]) == ("second", "acme", "second")


def test_a_track_without_an_account_is_parked_and_replayed_once_the_account_is_known(
    start_ingest: StartIngest,
) -> None:
    clock = ManualClock(NOW)
    ingest = start_ingest(clock=clock)
    answer = batch(ingest, track(context={}), track(1), sentAt="2026-06-01T12:00:00Z")
    assert answer.status_code == 200
    assert answer.json()["results"][0]["code"] == "account_required"
    assert ingest.ids() == ["m1"]

    admin = ingest.client("admin")
    batch(ingest, {"type": "group", "userId": "u1", "groupId": "acme", "messageId": "g"})
    clock.advance(timedelta(days=3))
    [letter] = eventually(ingest.parked)
    replayed = admin.post("/v1/dead-letters/replay", json={"ids": [letter["id"]]}).json()

    assert replayed["replayed"] == 1, replayed
    event = {event.id: event for event in ingest.events()}["m0"]
    assert event.account_id == "acme"
    assert event.occurred_at == NOW - timedelta(minutes=1)
    assert event.known_at == NOW + timedelta(days=3)


def test_a_wrong_clock_of_the_client_is_corrected(start_ingest: StartIngest) -> None:
    ingest = start_ingest(clock=ManualClock(NOW))
    batch(
        ingest,
        track(1, timestamp="2020-01-01T00:00:00Z"),
        track(2, timestamp=None),
        sentAt="2020-01-01T00:00:30Z",
    )
    times = {event.id: event.occurred_at for event in ingest.events()}
    assert times == {"m1": NOW - timedelta(seconds=30), "m2": NOW}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("track", "feature_used"),
        ("page", "feature_used"),
        ("screen", "feature_used"),
        ("identify", "user_updated"),
    ],
)
def test_single_messages_have_paths_of_their_own(ingest: Ingest, path: str, kind: str) -> None:
    message = {**track(), "type": None, "name": "Home", "sentAt": "2026-06-01T12:00:00Z"}
    assert post(ingest, path, message).json()["accepted"] == 1
    assert [event.type for event in ingest.events()] == [kind]


def test_bad_messages_are_parked_and_the_good_ones_kept_with_200(ingest: Ingest) -> None:
    good = json.dumps(track()).encode()
    bad = [
        b'{"type":"track","event":"x","userId":"u","properties":{"a":NaN}}',
        b'{"type":"alias","previousId":"a","userId":"b"}',
        b'{"type":"zap"}',
        b'{"type":"track","type":"track"}',
        b"3",
        b'{"type":"track","event":"x","context":{"groupId":"acme"},"x":"%b"}' % (b"y" * 40_000),
        b'{"type":"track","event":"","context":{"groupId":"acme"}}',
        b'{"type":"track","event":"x","context":{"groupId":"acme"},"messageId":5}',
    ]
    answer = post(ingest, "batch", b'{"batch":[%b],"writeKey":"w"}' % b",".join([*bad, good]))
    assert answer.status_code == 200
    assert answer.json()["rejected"] == len(bad)
    assert ingest.ids() == ["m0"]
    assert len(ingest.letters()) == len(bad)


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_group_call_from_the_edge_of_time_costs_no_message_beside_it(ingest: Ingest, when: str) -> None:
    odd = {"type": "group", "userId": "u9", "groupId": "acme", "messageId": "odd", "timestamp": when}
    answer = batch(ingest, odd, track())
    assert answer.status_code == 200
    assert "m0" in ingest.ids()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"batch":3}', b"{}", b'{"batch":[],"batch":[]}'])
def test_a_body_that_is_no_batch_is_a_problem(ingest: Ingest, body: bytes) -> None:
    answer = post(ingest, "batch", body)
    assert answer.status_code == 400
    assert {"code", "message"} <= answer.json().keys()


def test_the_key_may_stand_in_the_body(ingest: Ingest) -> None:
    body = {"batch": [track()], "writeKey": ingest.key()}
    assert httpx2.post(f"{ingest.url}/v1/batch", json=body).json()["accepted"] == 1
    for wrong in ({"batch": [track()]}, {**body, "writeKey": "x"}, {**body, "writeKey": 3}):
        assert httpx2.post(f"{ingest.url}/v1/batch", json=wrong).status_code == 401
    assert post(ingest, "batch", body, key=ingest.key("read")).status_code == 403


def test_while_the_log_is_away_the_answer_is_503_in_words_their_clients_read(ingest: Ingest) -> None:
    ingest.bus.away = True
    answer = batch(ingest, track())
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert {"code", "message"} <= answer.json().keys()
