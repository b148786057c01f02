"""One native event: what is taken, what is assumed, what is refused."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.facts import LOGIN, SESSION
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.native import Arrival, Parsed, parse_event
from radar_ingest.domain.rejection import Rejection
from radar_vocabulary.contracts.event_record import decode_data, decode_event
from radar_vocabulary.contracts.events import EVENT_TYPES, RESERVED_FEATURES

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
LIMITS = Limits()


def event(**changes: Any) -> bytes:
    whole = {
        "id": "e1",
        "type": "feature_used",
        "account_id": "acme",
        "occurred_at": "2026-06-01T10:00:00Z",
        "data": {"feature": "export"},
    }
    return json.dumps({**whole, **changes}).encode()


def parse(raw: bytes, **how: Any) -> Parsed | Rejection:
    return parse_event(raw, Arrival(received_at=NOW, **how), LIMITS)


def taken(raw: bytes, **how: Any) -> Parsed:
    verdict = parse(raw, **how)
    assert isinstance(verdict, Parsed), verdict
    return verdict


def refused(raw: bytes) -> Rejection:
    verdict = parse(raw)
    assert isinstance(verdict, Rejection), verdict
    return verdict


def test_unknown_fields_of_data_are_kept_as_sent() -> None:
    raw = b'{"type":"login","account_id":"a","data":{"method": "sso", "extra": {"x": [1.50]}}}'
    record = decode_event(taken(raw).value)
    assert bytes(record.data) == b'{"method": "sso", "extra": {"x": [1.50]}}'


def test_unknown_fields_beside_data_are_dropped_with_a_warning() -> None:
    assert "put them into data" in taken(event(acount="x")).warnings[0]


def test_a_time_without_an_offset_is_utc_with_a_warning() -> None:
    verdict = taken(event(occurred_at="2026-06-01T10:00:00"))
    assert decode_event(verdict.value).occurred_at == datetime(2026, 6, 1, 10, tzinfo=UTC)
    assert "offset" in verdict.warnings[0]


def test_a_time_with_another_offset_is_stored_in_utc() -> None:
    value = taken(event(occurred_at="2026-06-01T12:00:00+02:00")).value
    assert b'"occurred_at":"2026-06-01T10:00:00Z"' in value


@pytest.mark.parametrize(("ahead", "clamped"), [(timedelta(hours=23), False), (timedelta(hours=25), True)])
def test_only_the_far_future_is_clamped(ahead: timedelta, clamped: bool) -> None:
    verdict = taken(event(occurred_at=(NOW + ahead).isoformat()))
    assert (decode_event(verdict.value).occurred_at == NOW) is clamped
    assert bool(verdict.warnings) is clamped


@pytest.mark.parametrize(
    ("known_at", "history", "expected"),
    [
        (None, False, NOW),
        (None, True, NOW - timedelta(hours=2)),
        ("2026-05-01T00:00:00Z", False, datetime(2026, 5, 1, tzinfo=UTC)),
        ("2026-05-01T00:00:00Z", True, datetime(2026, 5, 1, tzinfo=UTC)),
        ("2027-01-01T00:00:00Z", False, NOW),
    ],
)
def test_known_at_is_the_arrival_unless_said_earlier(
    known_at: str | None,
    history: bool,
    expected: datetime,
) -> None:
    assert decode_event(taken(event(known_at=known_at), history=history).value).known_at == expected


def test_history_from_the_near_future_is_known_at_its_arrival() -> None:
    raw = event(occurred_at=(NOW + timedelta(hours=1)).isoformat())
    assert decode_event(taken(raw, history=True).value).known_at == NOW


def test_an_event_without_an_id_gets_a_fresh_one_each_time() -> None:
    first, second = taken(event(id=None)), taken(event(id=None))
    assert first.event_id != second.event_id
    assert first.event_id[14] == "7"
    assert "retry" in first.warnings[0]


@pytest.mark.parametrize(
    ("raw", "code", "words"),
    [
        (event(account_id=""), "invalid_event", "account_id"),
        (event(account_id="a" * 201), "invalid_event", "account_id"),
        (event(account_id=7), "invalid_event", "account_id"),
        (b'{"type":"login"}', "invalid_event", "account_id"),
        (
            event(type="survey_answered", data={"kind": "csat", "score": 9}),
            "invalid_event",
            "between 1 and 5",
        ),
        (event(type="survey_answered", data={"kind": "love", "score": 9}), "invalid_event", "nps, csat"),
        (event(type="session_ended", data={}), "invalid_event", "seconds"),
        (event(data=None), "invalid_event", "data"),
        (event(data=[]), "invalid_event", "data"),
        (event(occurred_at="yesterday"), "invalid_event", "occurred_at"),
        (event(occurred_at=1_700_000_000), "invalid_event", "occurred_at"),
        (event(occurred_at="1999-12-31T23:59:59Z"), "too_old", "2000-01-01"),
        (event(known_at="1970-01-01T00:00:00Z"), "too_old", "known_at"),
        (event(type="LOGIN"), "unknown_type", "login"),
        (event(type="user_updated", data={}), "user_required", "user_id"),
    ],
)
def test_a_refusal_says_what_to_mend(raw: bytes, code: str, words: str) -> None:
    verdict = refused(raw)
    assert verdict.code == code
    assert words in verdict.reason


def test_a_refusal_names_the_event_where_it_can() -> None:
    verdict = refused(event(type="nope"))
    assert (verdict.account_id, verdict.event_id) == ("acme", "e1")


def test_extreme_times_never_break_the_reading() -> None:
    for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59"):
        assert isinstance(parse(event(occurred_at=moment)), Parsed | Rejection)
        assert isinstance(parse(event(known_at=moment)), Parsed | Rejection)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(st.binary(max_size=300))
def test_random_bytes_are_never_an_error_of_ours(raw: bytes) -> None:
    assert isinstance(parse(raw), Rejection)


@given(
    kind=st.sampled_from(sorted(EVENT_TYPES)),
    fields=st.dictionaries(
        st.sampled_from(["id", "account_id", "user_id", "product", "occurred_at", "known_at", "data", "x"]),
        JSON,
    ),
)
def test_whatever_is_taken_can_be_read_by_those_who_consume_it(kind: str, fields: dict[str, Any]) -> None:
    raw = json.dumps({"account_id": "a", "user_id": "u", **fields, "type": kind}).encode()
    verdict = parse(raw)
    if isinstance(verdict, Parsed):
        record = decode_event(verdict.value)
        decode_data(record.type, record.data)
        assert record.known_at <= record.received_at


@pytest.mark.parametrize("name", sorted(RESERVED_FEATURES))
def test_a_feature_may_not_have_a_name_under_which_logins_and_sessions_are_kept(name: str) -> None:
    verdict = refused(event(data={"feature": name}))
    assert verdict.code == "reserved_feature"
    assert "send a login or a session_ended" in verdict.reason
    taken(event(data={"feature": name.removeprefix("$")}))


def test_the_names_refused_are_those_that_the_health_score_keeps() -> None:
    assert {LOGIN, SESSION} == RESERVED_FEATURES
