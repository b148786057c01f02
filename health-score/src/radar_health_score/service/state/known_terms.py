"""Remembers the terms of accounts with many of them, so that a contract of many years isn't read anew at each score."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.contract_terms import KINDS_OF_TERMS
from radar_health_score.repositories.fact_records import EntityRow

# Below that reading them anew costs nothing to speak of.
WORTH_IT: Final = 24


class KnownTerms:
    """At most ``most`` rows over all accounts; what was remembered first is forgotten first. One thread uses it."""

    def __init__(self, most: int = 500_000) -> None:
        self._most = most
        self._rows = 0
        self._known: dict[int, tuple[bytes, int, tuple[Contract, ...]]] = {}

    def of(self, account_no: int, told: bytes) -> tuple[Contract, ...] | None:
        """Return the terms that rows with the fingerprint ``told`` came to."""
        known = self._known.get(account_no)
        return known[2] if known is not None and known[0] == told else None

    def remember(self, account_no: int, told: bytes, rows: int, terms: tuple[Contract, ...]) -> None:
        """Keep what ``rows`` rows with that fingerprint came to."""
        self._forget(account_no)
        self._known[account_no] = told, rows, terms
        self._rows += rows
        while self._rows > self._most:
            self._forget(next(iter(self._known)))

    def _forget(self, account_no: int) -> None:
        known = self._known.pop(account_no, None)
        if known is not None:
            self._rows -= known[1]


def fingerprint(rows: Iterable[EntityRow]) -> bytes:
    """Return what tells these rows from others, whatever order they come in."""
    told = hashlib.blake2b(digest_size=16)
    for row in sorted(rows):
        for part in (row.kind, row.entity_id, row.state):
            told.update(b"%d:" % len(part))
            told.update(part.encode())
    return told.digest()


def terms_rows(rows: Sequence[EntityRow]) -> list[EntityRow]:
    """Return the rows that tell the terms, where they are many; else none."""
    found = [row for row in rows if row.kind in KINDS_OF_TERMS]
    return found if len(found) >= WORTH_IT else []
