"""Two readers can't understand a record differently."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_ingest.domain.rejection import Refused
from radar_ingest.domain.strict_json import strict_object


def verdict(raw: bytes, depth: int = 16) -> str:
    try:
        strict_object(raw, max_bytes=100_000, max_depth=depth)
    except Refused as refused:
        return refused.code
    return "good"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"a":1,"b":{"a":2}}', "good"),
        (b'{"a":1,"a":1}', "duplicate_key"),
        (b'{"b":[{"a":1,"a":1}]}', "duplicate_key"),
        (rb'{"a":1,"\u0061":1}', "duplicate_key"),
        (rb'{"a":1,"a":"\u003a"}', "duplicate_key"),
        (rb'{"a":"x\u003Ay:z"}', "good"),
        (b'{"a":"::::","b":":"}', "good"),
        (rb'{"a":"\\u0000"}', "good"),
        (rb'{"a":"\u0000"}', "nul_character"),
        (rb'{"a":[["\\\u0000"]]}', "nul_character"),
        (rb'{"\u0000":1}', "nul_character"),
        (b'{"a":NaN}', "not_finite"),
        (b'{"a":[-Infinity]}', "not_finite"),
        (b'{"a":"NaN"}', "good"),
        (b'{"a":1e999}', "number_out_of_range"),
        (b'{"a":%d}' % 10**30, "good"),
        (b'{"a":%s}' % (b"9" * 5000), "number_out_of_range"),
        (b'{"a":18446744073709551615}', "good"),
        (b'{"a":"\xff"}', "malformed_json"),
        (rb'{"a":"\ud800"}', "malformed_json"),
        (b'{"a":1,}', "malformed_json"),
        (b"{'a':1}", "malformed_json"),
        (b'{"a":1} {"b":2}', "malformed_json"),
        (b'\xef\xbb\xbf{"a":1}', "malformed_json"),
        (b"", "malformed_json"),
        (b"[]", "not_an_object"),
        (b'"a"', "not_an_object"),
        (b'{"a":' + b"[" * 15 + b"]" * 15 + b"}", "good"),
        (b'{"a":' + b"[" * 16 + b"]" * 16 + b"}", "too_deep"),
        (b'{"a":' + b"[" * 20_000 + b"]" * 20_000 + b"}", "too_deep"),
        (b'{"a":[' + b",".join([b"{}"] * 100) + b"]}", "good"),
    ],
)
def test_a_record_gets_its_verdict(raw: bytes, expected: str) -> None:
    assert verdict(raw) == expected


class Pairs(list[tuple[str, Any]]):
    """An object as its pairs, so that it can name a key twice."""


KEYS = st.sampled_from(["a", "b", ":", "\\", '"', "é", "\n"])
VALUES = st.recursive(
    st.integers(-5, 5) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.lists(st.tuples(KEYS, inner), max_size=3).map(Pairs),
)


def write(value: Any) -> str:
    if isinstance(value, Pairs):
        return "{" + ",".join(f"{json.dumps(key)}:{write(item)}" for key, item in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    return json.dumps(value)


def repeats(value: Any) -> bool:
    if isinstance(value, Pairs):
        keys = [key for key, _ in value]
        return len(set(keys)) < len(keys) or any(repeats(item) for _, item in value)
    return isinstance(value, list) and any(map(repeats, value))


@given(st.lists(st.tuples(KEYS, VALUES), max_size=4).map(Pairs))
def test_a_key_that_comes_twice_is_always_found_and_never_imagined(record: Pairs) -> None:
    expected = "duplicate_key" if repeats(record) else "good"
    assert verdict(write(record).encode(), depth=100) == expected
