"""A record on its way from a file to the product."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One event as JSON, the account that decides its lane, and where it stood ("events.csv line 7")."""

    account_id: str
    line: bytes
    place: str
