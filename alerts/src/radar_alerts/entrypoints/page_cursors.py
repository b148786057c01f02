"""Where a page begins: a moment and a name, inside an opaque cursor."""

from datetime import datetime
from typing import Annotated

from fastapi import Query

from radar_chassis.errors import InvalidRequest
from radar_chassis.http.paging import decode_cursor, encode_cursor

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=500)]


def position_of(cursor: str | None) -> tuple[datetime, str] | None:
    """Return the place in ``cursor``; None for the first page. Raises InvalidRequest."""
    if not cursor:
        return None
    at, name = decode_cursor(cursor, length=2)
    try:
        moment = datetime.fromisoformat(at)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None or not isinstance(name, str):
        raise InvalidRequest("This cursor isn't one of ours; take `next_cursor` from the page before.")
    return moment, name


def cursor_after(at: datetime, name: str) -> str:
    """Return the cursor for what comes after this place."""
    return encode_cursor([at.isoformat(), name])
