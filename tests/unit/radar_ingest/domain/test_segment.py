"""Segment's messages in our own words."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_chassis.errors import RadarError
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.native import Parsed
from radar_ingest.domain.rejection import Refused, Rejection
from radar_ingest.domain.segment_body import parse_body
from radar_ingest.domain.segment_event import Sent, corrected, to_event
from radar_ingest.domain.segment_message import read_message
from radar_vocabulary.contracts.event_record import decode_data, decode_event

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
LIMITS = Limits()
SENT = Sent(received_at=NOW, sent_at=None)


def event(message: dict[str, Any], account: str | None = "acme") -> Parsed | Rejection:
    return to_event(read_message(json.dumps(message).encode(), None, LIMITS), account, SENT, LIMITS)


def data(message: dict[str, Any]) -> Any:
    verdict = event(message)
    assert isinstance(verdict, Parsed), verdict
    return json.loads(bytes(decode_event(verdict.value).data))


@pytest.mark.parametrize(
    ("properties", "used"),
    [
        ({"count": 3, "seconds": 2}, {"count": 3, "seconds": 2}),
        ({"count": -1, "seconds": -2.0}, {}),
        ({"count": "many", "seconds": True}, {}),
        ({"count": 2.5, "feature": "theirs"}, {}),
    ],
)
def test_only_sensible_counts_and_seconds_are_used_and_everything_is_kept(
    properties: dict[str, Any], used: dict[str, Any]
) -> None:
    found = data({"type": "track", "event": "Use", "properties": properties})
    assert found == {"feature": "Use", **used, "properties": properties}


@pytest.mark.parametrize(
    ("message", "feature"),
    [
        ({"type": "page", "name": "Home"}, "page:Home"),
        ({"type": "page", "properties": {"title": "Docs"}}, "page:Docs"),
        ({"type": "screen", "category": "Setup"}, "screen:Setup"),
        ({"type": "page"}, "page"),
    ],
)
def test_pages_and_screens_are_features_by_name(message: dict[str, Any], feature: str) -> None:
    assert data(message)["feature"] == feature


def test_a_name_can_be_made_of_two() -> None:
    traits = {"firstName": "Ada", "lastName": "L"}
    assert data({"type": "identify", "userId": "u", "traits": traits})["name"] == "Ada L"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "track", "event": "x" * 201}, "invalid_event"),
        ({"type": "track"}, "invalid_event"),
        ({"type": "track", "event": "$login"}, "reserved_feature"),
        ({"type": "alias"}, "unsupported_message"),
        ({"type": "identify"}, "user_required"),
        ({"type": "group", "userId": "u"}, "account_required"),
        ({"type": "track", "event": "x", "timestamp": "1980-01-01T00:00:00Z"}, "too_old"),
        ({}, "unknown_type"),
    ],
)
def test_what_has_no_meaning_is_refused(message: dict[str, Any], code: str) -> None:
    verdict = event(message)
    assert isinstance(verdict, Rejection)
    assert verdict.code == code


def test_without_an_account_the_reason_says_what_to_send() -> None:
    verdict = event({"type": "track", "event": "x", "messageId": "m"}, account=None)
    assert isinstance(verdict, Rejection)
    assert "group" in verdict.reason
    assert verdict.event_id == "m"


def test_the_time_is_ours_less_how_long_ago_it_was_by_the_client() -> None:
    sent = Sent(received_at=NOW, sent_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert corrected(datetime(2029, 12, 31, tzinfo=UTC), sent) == NOW - timedelta(days=1)
    assert corrected(datetime(2029, 12, 31), sent) == NOW - timedelta(days=1)  # noqa: DTZ001
    assert corrected(None, sent) is None
    assert corrected(datetime.max.replace(tzinfo=UTC), Sent(received_at=NOW, sent_at=None)) is not None


@pytest.mark.parametrize(
    "body",
    [
        b'{"batch":[{"a":1},2],"sentAt":"2026-06-01T12:00:00Z","writeKey":"k"}',
        b'{"batch":[{"a":NaN},2],"sentAt":"2026-06-01T12:00:00Z","writeKey":"k"}',
        b'{"writeKey":"k","sentAt":"2026-06-01T12:00:00Z","batch":[{"batch":[]},2]}',
    ],
)
def test_messages_and_their_frame_are_found_though_one_is_bad(body: bytes) -> None:
    found = parse_body(body, single=False, limits=LIMITS)
    assert len(found.messages) == 2
    assert (found.sent_at, found.write_key) == (NOW, "k")


@given(st.binary() | st.text(alphabet='[]{}",:\\ \n1abtch').map(lambda text: b'{"batch":' + text.encode()))
def test_any_body_is_read_or_a_problem_of_the_client(body: bytes) -> None:
    assert {status(body, single=single) for single in (True, False)} <= {200, 400, 413}


def status(body: bytes, *, single: bool) -> int:
    try:
        parse_body(body, single=single, limits=LIMITS)
    except RadarError as problem:
        return problem.status
    return 200


NAMES = [
    "type",
    "userId",
    "groupId",
    "event",
    "name",
    "properties",
    "traits",
    "context",
    "messageId",
    "timestamp",
]
VALUES = (
    st.none()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["track", "identify", "group", "page", "2026-01-01T00:00:00Z"])
    | st.dictionaries(
        st.sampled_from(["name", "role", "count", "seconds", "groupId", "method"]), st.integers() | st.text()
    )
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_any_message_is_an_event_that_can_be_read_or_a_refusal(message: dict[str, Any]) -> None:
    try:
        verdict = event(message)
    except Refused:
        return
    if isinstance(verdict, Parsed):
        record = decode_event(verdict.value)
        decode_data(record.type, record.data)
