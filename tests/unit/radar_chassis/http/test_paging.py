"""Cursors survive the round trip, and nothing else is taken for one."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_chassis.errors import InvalidRequest
from radar_chassis.http.paging import decode_cursor, encode_cursor

storable = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(st.lists(st.one_of(storable, st.integers(-(2**53), 2**53), st.none()), min_size=2, max_size=2))
def test_a_cursor_gives_back_its_position(position: list[object]) -> None:
    assert decode_cursor(encode_cursor(position), length=2) == position


@given(st.text(max_size=60))
def test_what_is_not_a_cursor_is_an_invalid_request(cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(cursor, length=7)


@pytest.mark.parametrize("position", [[True], [2**63], [-(2**63) - 1], ["a\0b"], [["nested"]], [{"a": 1}]])
def test_what_no_database_can_compare_with_is_no_cursor_either(position: list[object]) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(encode_cursor(position), length=1)


def test_a_cursor_that_nests_endlessly_is_no_cursor_either() -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(base64.urlsafe_b64encode(b"[" * 50_000).decode(), length=1)
