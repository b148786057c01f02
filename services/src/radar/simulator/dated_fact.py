"""Something that happens to an account on a day, before it becomes an event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFact:
    """A dated fact. ``what`` (with ``user_id``) names it among the account's facts, for a stable event id."""

    on: date
    what: str
    type: str
    data: Mapping[str, Any]
    user_id: str | None = None
