"""Bad input gets the receipt or problem it deserves; the good beside it is never lost; nothing answers 500."""

import gzip
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import psutil
import pytest
import zstandard

from tests.acceptance.ingest.events import use
from tests.support.ingest import Ingest, StartIngest

GOOD = json.dumps(use(id="good")).encode()


def raw(**changes: Any) -> bytes:
    return json.dumps(use(**changes)).encode()


BAD = {
    "unknown_type": raw(type="teleported"),
    "invalid_event": raw(data={"seconds": 3}),
    "not_finite": raw().replace(b"12.5", b"NaN"),
    "number_out_of_range": raw().replace(b"12.5", b"1e999"),
    "duplicate_key": raw().replace(b'"user_id"', b'"account_id"'),
    "malformed_json": raw().replace(b'"user_id":', b'"user_id"'),
    "too_deep": raw(data={"feature": "x", "deep": json.loads("[" * 20 + "]" * 20)}),
    "record_too_large": raw(data={"feature": "x", "text": "y" * 33_000}),
    "not_an_object": b"17",
    "user_required": raw(type="user_updated", user_id=None, data={}),
    "too_old": raw(occurred_at="1970-01-01T00:00:00Z"),
    "nul_character": raw(account_id="a\0b"),
}


@pytest.mark.parametrize("code", BAD)
@pytest.mark.parametrize("shape", ["array", "lines"])
def test_a_bad_event_is_refused_with_its_code_and_parked_and_the_good_one_is_kept(
    ingest: Ingest, code: str, shape: str
) -> None:
    body = b"[%b, %b]" % (BAD[code], GOOD) if shape == "array" else BAD[code] + b"\n" + GOOD
    kind = "application/json" if shape == "array" else "application/x-ndjson"

    answer = ingest.send_bytes(body, content_type=kind)

    assert answer.status_code == 200, answer.text
    bad, good = answer.json()["results"]
    assert (bad["status"], bad["code"]) == ("rejected", code)
    assert bad["reason"].endswith(".")
    assert good["status"] == "accepted"
    assert ingest.ids() == ["good"]
    [letter] = ingest.letters()
    assert letter.code == code
    assert letter.original == BAD[code]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("not_finite", 422),
        ("duplicate_key", 422),
        ("malformed_json", 400),
        ("too_deep", 400),
        ("record_too_large", 413),
    ],
)
def test_a_request_that_is_one_unreadable_event_is_a_problem(ingest: Ingest, code: str, status: int) -> None:
    answer = ingest.send_bytes(BAD[code])
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code


@pytest.mark.parametrize(
    "body", [b"", b"  ", b"nonsense", b"[1, 2", b'{"a"', b'"text"', b"null", b"\xff\xfe", b"[" * 100_000]
)
def test_a_body_that_cannot_be_told_apart_is_a_problem(ingest: Ingest, body: bytes) -> None:
    assert ingest.send_bytes(body).status_code in {400, 422}


def test_values_are_never_echoed(ingest: Ingest) -> None:
    secret = "s3cret-value"
    answer = ingest.send(
        [use(type=secret), use(data={"feature": 1, secret: secret}), use(occurred_at=secret)]
    )
    assert answer.json()["rejected"] == 3
    assert secret not in answer.text


def test_a_far_future_is_clamped_to_the_arrival_with_a_warning(ingest: Ingest) -> None:
    later = datetime.now(UTC) + timedelta(days=2)
    answer = ingest.send(use(occurred_at=later.isoformat()))
    assert "future" in answer.json()["results"][0]["warnings"][0]
    [stored] = ingest.events()
    assert stored.occurred_at == stored.received_at


def test_too_many_records_are_refused_by_name(start_ingest: StartIngest) -> None:
    ingest = start_ingest(max_records=10)
    answer = ingest.send([use() for _ in range(11)])
    assert (answer.status_code, answer.json()["code"]) == (413, "too_many_records")
    assert ingest.send([use() for _ in range(10)]).json()["accepted"] == 10


def test_a_key_that_is_missing_unknown_or_without_the_scope_is_refused(ingest: Ingest) -> None:
    anonymous = ingest.client("read")
    assert anonymous.post("/v1/events", json=use()).status_code == 403
    for header in ("", "Bearer nonsense", f"Bearer radar_{'0' * 12}_{'x' * 43}", "Basic !!!"):
        answer = anonymous.post("/v1/events", json=use(), headers={"Authorization": header})
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


def test_unknown_encodings_and_types_are_refused(ingest: Ingest) -> None:
    assert ingest.send_bytes(GOOD, content_encoding="br").status_code == 415
    assert ingest.send_bytes(GOOD, content_type="image/png").status_code == 415
    assert ingest.send_bytes(GOOD, content_encoding="gzip").status_code == 400
    assert ingest.send_bytes(gzip.compress(GOOD)[:-9], content_encoding="gzip").status_code == 400
    assert ingest.send_bytes(b"(\xb5/\xfd garbage", content_encoding="zstd").status_code == 400


class Peak:
    """The most memory that this process (server and client) held more than at the start, sampled."""

    grown = 0

    def __enter__(self) -> Self:
        self._process = psutil.Process()
        self._start = self._process.memory_info().rss
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.005):
            self.grown = max(self.grown, self._process.memory_info().rss - self._start)


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 65_536 + 1):
        yield b" " * 65_536


@pytest.mark.parametrize(
    "attack", ["gzip bomb", "zstd bomb", "30 MB", "30 MB chunked", "millions of members"]
)
def test_a_flood_is_refused_with_flat_memory(ingest: Ingest, attack: str) -> None:
    body, headers = {
        "gzip bomb": (lambda: gzip.compress(b" " * 200_000_000), {"content_encoding": "gzip"}),
        "zstd bomb": (lambda: zstandard.compress(b" " * 200_000_000), {"content_encoding": "zstd"}),
        "30 MB": (lambda: b" " * 30_000_000, {}),
        "30 MB chunked": (lambda: chunks(30_000_000), {}),
        "millions of members": (lambda: b"[" + b"1," * 9_000_000 + b"1]", {}),
    }[attack]
    flood = body()
    ingest.send(use())

    with Peak() as peak:
        answer = ingest.send_bytes(flood, **headers)

    assert answer.status_code == 413
    assert peak.grown < 100_000_000
    assert ingest.send(use()).json()["accepted"] == 1


def test_a_body_of_endless_empty_members_is_refused_in_a_moment(ingest: Ingest) -> None:
    members = gzip.compress(b"") * 40_000 + gzip.compress(GOOD)
    assert ingest.send_bytes(members, content_encoding="gzip").status_code == 400


def test_a_hostile_string_is_read_in_a_moment(ingest: Ingest) -> None:
    began = time.monotonic()
    assert ingest.send_bytes(b'["' + b'\\"' * 2_000_000 + b"\\").status_code == 400
    assert time.monotonic() - began < 10


def test_over_its_rate_a_key_is_told_when_to_come_back(start_ingest: StartIngest) -> None:
    ingest = start_ingest(events_per_second=5)
    assert ingest.send([use() for _ in range(50)]).status_code == 200
    answer = ingest.send(use())
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert int(answer.headers["Retry-After"]) >= 1
