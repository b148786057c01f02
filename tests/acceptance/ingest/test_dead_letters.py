"""Parked records can be seen, and have a way back."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

from radar_chassis.bus.port import Outgoing
from radar_chassis.clock import ManualClock
from radar_chassis.http.paging import encode_cursor
from radar_vocabulary.contracts.dead_letter import DeadLetter, Source, encode_dead_letter
from radar_vocabulary.contracts.topics import DEAD_LETTERS, EVENTS
from tests.acceptance.ingest.events import use
from tests.support.ingest import Ingest, StartIngest
from tests.support.wait import eventually

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def park(ingest: Ingest, **changes: Any) -> DeadLetter:
    """Put a letter of another service on the topic."""
    values: dict[str, Any] = {
        "id": "l1",
        "step": "score",
        "code": "unprocessable",
        "reason": "No.",
        "at": NOW,
        "original": b'{"id":"e1"}',
        "key": b"acme",
        "source": Source(topic=EVENTS, partition=0, offset=3),
        "replay": "record",
    }
    letter = DeadLetter(**{**values, **changes})
    record = Outgoing(topic=DEAD_LETTERS, key=letter.key, value=encode_dead_letter(letter))
    ingest.bus.producer().publish([record]).result(10)
    return letter


def test_letters_page_newest_first_and_filter(ingest: Ingest) -> None:
    for number in range(5):
        park(
            ingest, id=f"l{number}", at=NOW + timedelta(seconds=number), code="odd" if number % 2 else "even"
        )
    eventually(lambda: len(ingest.parked()) == 5)
    admin = ingest.client("admin")

    seen, cursor = [], None
    while True:
        page = admin.get(
            "/v1/dead-letters", params={"limit": 2, **({"cursor": cursor} if cursor else {})}
        ).json()
        seen += [letter["id"] for letter in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["l4", "l3", "l2", "l1", "l0"]

    odd = admin.get("/v1/dead-letters", params={"code": "odd", "step": "score", "state": "parked"}).json()
    assert [letter["id"] for letter in odd["items"]] == ["l3", "l1"]
    assert base64.b64decode(odd["items"][0]["original"]) == b'{"id":"e1"}'
    for foreign in ("nonsense", encode_cursor(["0001-01-01T00:00:00+14:00", "x"]), encode_cursor([5, "x"])):
        assert admin.get("/v1/dead-letters", params={"cursor": foreign}).status_code == 422
    for wish in ({"ids": ["a\0"]}, {"step": "a\0"}, {"code": "x" * 1_000}):
        assert admin.post("/v1/dead-letters/replay", json=wish).status_code == 422


def test_a_letter_that_comes_twice_is_one_letter(ingest: Ingest) -> None:
    for name in ("l1", "l1", "l2"):
        park(ingest, id=name)
    eventually(lambda: len(ingest.parked()) == 2)


def test_a_record_of_a_topic_goes_back_to_its_topic_once(ingest: Ingest) -> None:
    ingest.send(use(id="e1"))
    [stored] = ingest.records()
    letter = park(ingest, original=stored.value)
    eventually(ingest.parked)
    admin = ingest.client("admin")

    for _ in range(2):
        answer = admin.post("/v1/dead-letters/replay", json={"ids": [letter.id]}).json()
        assert answer["results"] == [{"id": "l1", "state": "replayed", "reason": None}]

    assert [(record.key, record.value) for record in ingest.records()] == [(b"acme", stored.value)] * 2
    assert ingest.parked(state="replayed")[0]["replayed_at"] is not None


def test_what_is_still_bad_stays_parked_with_the_reason(ingest: Ingest) -> None:
    ingest.send(use(type="nope"))
    eventually(ingest.parked)

    answer = ingest.client("admin").post("/v1/dead-letters/replay", json={"step": "ingest.native"}).json()

    assert (answer["replayed"], answer["parked"]) == (0, 1)
    [letter] = ingest.parked()
    assert letter["state"] == "parked"
    assert "type must be" in letter["answer"]


def test_a_native_event_that_is_good_now_is_taken_with_its_id_and_the_time_of_its_arrival(
    start_ingest: StartIngest,
) -> None:
    clock = ManualClock(NOW)
    ingest = start_ingest(clock=clock)
    original = b'{"type":"login","account_id":"acme"}'
    park(ingest, step="ingest.native", original=original, replay="native", source=None)
    eventually(ingest.parked)
    clock.advance(timedelta(days=2))

    answer = ingest.client("admin").post("/v1/dead-letters/replay", json={"step": "ingest.native"}).json()

    assert answer["replayed"] == 1
    [event] = ingest.events()
    assert event.id == "letter-l1"
    assert event.occurred_at == NOW
    assert event.known_at == NOW + timedelta(days=2)


def test_a_parked_cloud_event_is_read_as_one_again(ingest: Ingest) -> None:
    original = b'{"specversion":"1.0","id":"1","source":"/b","type":"login","subject":"acme"}'
    park(ingest, step="ingest.native", original=original, replay="native", source=None)
    eventually(ingest.parked)
    assert (
        ingest.client("admin").post("/v1/dead-letters/replay", json={"ids": ["l1"]}).json()["replayed"] == 1
    )
    headers = {"Content-Type": "application/cloudevents+json"}
    ingest.client().post("/v1/events", content=original, headers=headers)
    assert len(set(ingest.ids())) == 1


def test_a_replay_that_the_log_refuses_leaves_the_letter_parked(ingest: Ingest) -> None:
    park(ingest)
    eventually(ingest.parked)
    ingest.bus.away = True
    admin = ingest.client("admin")
    assert admin.post("/v1/dead-letters/replay", json={"ids": ["l1"]}).status_code == 503
    assert ingest.parked(state="parked")


def test_only_admin_keys_see_letters_and_wishes_must_say_which(ingest: Ingest) -> None:
    assert ingest.client("read").get("/v1/dead-letters").status_code == 403
    assert ingest.client("ingest").post("/v1/dead-letters/replay", json={"ids": ["x"]}).status_code == 403
    admin = ingest.client("admin")
    assert admin.post("/v1/dead-letters/replay", json={}).status_code == 422
    assert admin.post("/v1/dead-letters/replay", json={"ids": ["unknown"]}).json()["results"] == []


def test_garbage_on_the_topic_becomes_a_letter_itself(ingest: Ingest) -> None:
    ingest.bus.producer().publish([Outgoing(topic=DEAD_LETTERS, key=b"", value=b"garbage")]).result(10)
    [letter] = eventually(ingest.parked)
    assert (letter["code"], letter["text"]) == ("malformed_record", "garbage")
