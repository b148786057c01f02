"""Remembers which events the log has acknowledged lately, to answer `duplicate` for a client's retry.

A courtesy, not the guarantee: consumers count by event id. An id enters only after the acknowledgement, so a retry
of something that was lost is never swallowed.
"""

from collections.abc import Iterable
from itertools import islice


class RecentIds:
    """At most ``limit`` hashes of (account, event id), oldest forgotten first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._hashes: dict[int, None] = {}

    def __contains__(self, identity: tuple[str, str]) -> bool:
        """Whether the log has acknowledged this event lately."""
        return hash(identity) in self._hashes

    def claim(self, identities: Iterable[tuple[str, str]]) -> None:
        """Remember acknowledged events."""
        hashes = self._hashes
        for identity in identities:
            hashes[hash(identity)] = None
        for oldest in list(islice(hashes, max(0, len(hashes) - self._limit))):
            del hashes[oldest]
