"""Telling the records of a body apart, whatever is in them."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_chassis.errors import RadarError
from radar_ingest.domain.body import split
from radar_ingest.domain.errors import Malformed, TooManyRecords
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.structure import Unbalanced, fields, members

LIMITS = Limits(records=5)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"a":1}', [b'{"a":1}']),
        (b'[{"a":1}, {"b":2}]', [b'{"a":1}', b'{"b":2}']),
        (b"[]", []),
        (b'[{"a":NaN}, {"b":"],["}]', [b'{"a":NaN}', b'{"b":"],["}']),
        (b'[{"a" 1}, 3]', [b'{"a" 1}', b"3"]),
        (b'{"a":1}\n\n{"b":2}\r\n', [b'{"a":1}', b'{"b":2}']),
        (b'{"a":1}\nrubbish\n{"b":2}', [b'{"a":1}', b"rubbish", b'{"b":2}']),
        (b'{\n"a":\n1}', [b'{\n"a":\n1}']),
        (b'{"a":{}\n}', [b'{"a":{}\n}']),
    ],
)
def test_records_are_told_apart(body: bytes, expected: list[bytes]) -> None:
    assert split(body, lines=False, limits=LIMITS).items == expected


def test_one_event_is_not_a_batch_of_one() -> None:
    assert split(b"{}", lines=False, limits=LIMITS).single
    assert not split(b"[{}]", lines=False, limits=LIMITS).single
    assert not split(b"{}", lines=True, limits=LIMITS).single


@pytest.mark.parametrize("body", [b"[1,2,3,4,5,6]", b"[NaN,2,3,4,5,6]", b"[" + b"1," * 9999 + b"1]"])
def test_more_records_than_the_limit_are_refused(body: bytes) -> None:
    with pytest.raises(TooManyRecords):
        split(body, lines=False, limits=LIMITS)


@pytest.mark.parametrize("body", [b"1\n2\n3\n4\n5\n6", b"\n" * 99 + b"1\n2\n3\n4\n5\n6"])
def test_more_lines_than_the_limit_are_refused(body: bytes) -> None:
    with pytest.raises(TooManyRecords):
        split(body, lines=True, limits=LIMITS)


def test_blank_lines_are_no_records() -> None:
    assert split(b"\n" * 99 + b"1\n\n2\n", lines=True, limits=LIMITS).items == [b"1", b"2"]


@pytest.mark.parametrize("body", [b"[1", b"[1]]", b"[1] 2", b'["a]', b"[1}x"])
def test_what_does_not_end_properly_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        split(body, lines=False, limits=LIMITS)


JSON = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(JSON, max_size=6), st.sampled_from([None, 2]))
def test_the_members_of_any_list_are_found(items: list[object], indent: int | None) -> None:
    text = json.dumps(items, indent=indent).encode()
    assert [json.loads(member) for member in members(text)] == items


@given(st.dictionaries(st.text(), JSON, max_size=6))
def test_the_fields_of_any_object_are_found(items: dict[str, object]) -> None:
    found = [
        (json.loads(b'"%b"' % key), json.loads(value)) for key, value in fields(json.dumps(items).encode())
    ]
    assert found == list(items.items())


@given(st.binary() | st.text(alphabet='[]{}",:\\ \n1a').map(str.encode), st.booleans())
def test_any_bytes_are_records_or_a_problem_of_the_client(body: bytes, lines: bool) -> None:
    assert status(body, lines=lines) in {200, 400, 413, 422}
    with contextlib.suppress(Unbalanced):
        list(fields(body))


def status(body: bytes, *, lines: bool) -> int:
    try:
        split(body, lines=lines, limits=LIMITS)
    except RadarError as problem:
        return problem.status
    return 200
