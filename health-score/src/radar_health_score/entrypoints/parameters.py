"""Query parameters that several paths share."""

from datetime import date, datetime
from typing import Annotated, Final

from fastapi import Query

from radar_chassis.errors import InvalidRequest

# Room on both sides for windows, and for the offset of whoever asks.
EARLIEST: Final = 1970
LATEST: Final = 9000
Limit = Annotated[int, Query(ge=1, le=500, description="Items on a page")]
Cursor = Annotated[str | None, Query(max_length=1000, description="`next_cursor` of the page before")]
AsOf = Annotated[
    str | None,
    Query(
        max_length=40, description="A past moment (RFC 3339), or a date, which means its end; default: now"
    ),
]
FirstDay = Annotated[
    str | None,
    Query(alias="from", max_length=40, description="First day, or a moment in it; default: 90 days"),
]
LastDay = Annotated[
    str | None, Query(alias="to", max_length=40, description="Last day, or a moment in it; default: today")
]


def parse_as_of(text: str | None) -> datetime | date | None:
    """Return the moment or day in ``text``; raises InvalidRequest."""
    if text is None or text == "now":
        return None
    try:
        # A plus sign that was not percent-encoded arrives as a space.
        moment = (
            date.fromisoformat(text)
            if len(text) <= len("2026-11-21")
            else datetime.fromisoformat(text.replace(" ", "+"))
        )
    except ValueError as error:
        raise InvalidRequest(
            "Times must be a date (2026-11-21) or a moment (2026-11-21T10:00:00Z)."
        ) from error
    if not EARLIEST <= moment.year <= LATEST:
        raise InvalidRequest(f"Ask for a time between the years {EARLIEST} and {LATEST}.")
    return moment
