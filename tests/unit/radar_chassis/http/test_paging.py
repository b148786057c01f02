"""Cursors survive the round trip, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_chassis.errors import InvalidRequest
from radar_chassis.http.paging import decode_cursor, encode_cursor


@given(st.lists(st.one_of(st.text(), st.integers(-(2**53), 2**53), st.none()), min_size=2, max_size=2))
def test_a_cursor_gives_back_its_position(position: list[object]) -> None:
    assert decode_cursor(encode_cursor(position), length=2) == position


@given(st.text(max_size=60))
def test_what_is_not_a_cursor_is_an_invalid_request(cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(cursor, length=7)
