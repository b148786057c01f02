"""Pages of a list that is at hand as a whole."""

from collections.abc import Sequence
from typing import TypeVar

from radar_chassis.errors import InvalidRequest
from radar_chassis.http.paging import decode_cursor, encode_cursor
from radar_vocabulary.answers.page import Page

T = TypeVar("T")


def sliced(items: Sequence[T], limit: int, cursor: str | None) -> Page[T]:
    """Return the page of ``items`` that ``cursor`` points at; raises InvalidRequest for a foreign cursor."""
    start = 0
    if cursor is not None:
        (start,) = decode_cursor(cursor, length=1)
        if not isinstance(start, int) or start < 0:
            raise InvalidRequest("This cursor belongs to another list; start again without it.")
    end = start + limit
    return Page(items=list(items[start:end]), next_cursor=encode_cursor([end]) if end < len(items) else None)
