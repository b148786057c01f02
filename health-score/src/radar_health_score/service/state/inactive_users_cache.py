"""Keeps the inactive users of accounts in the process that folds and scores them: no other process changes them.

What the fold is about to change, or has just changed, is dropped; whoever reads afterwards counts anew. A count
that was begun before a change is not kept.
"""

import threading
from collections.abc import Iterable
from typing import Final

from radar_health_score.domain.account.inactive_users import InactiveUsers
from radar_health_score.domain.account.year_use import YEAR_DAYS
from radar_health_score.service.state.known_terms import KnownTerms

WORTH_IT: Final = 200
# A user whose last day lies closer than this is in no count.
RECENT_DAYS: Final = YEAR_DAYS - 4


class InactiveUsersCache:
    """At most ``most`` users over all accounts; the accounts remembered first are forgotten first.

    ``terms``: what whoever reads with this remembers of contracts.
    """

    def __init__(self, most: int = 2_000_000) -> None:
        self._most = most
        self._users = 0
        self._known: dict[int, InactiveUsers] = {}
        self._lock = threading.Lock()
        self.generation = 0
        self.terms = KnownTerms()

    def of(self, account_no: int, through: int) -> InactiveUsers | None:
        """Return what is known of an account, if it serves for the day ``through``."""
        found = self._known.get(account_no)
        return (
            found if found is not None and found.until + YEAR_DAYS - 1 <= through <= found.expires else None
        )

    def remember(self, account_no: int, known: InactiveUsers, generation: int) -> None:
        """Keep a count that was begun when ``generation`` was the present one."""
        if len(known.numbers) < WORTH_IT:
            return
        with self._lock:
            if generation != self.generation:
                return
            self._forget(account_no)
            self._known[account_no] = known
            self._users += len(known.numbers)
            while self._users > self._most:
                self._forget(next(iter(self._known)))

    def invalidate(self, account_nos: Iterable[int]) -> None:
        """Forget these: an inactive user has changed, or will in a moment."""
        with self._lock:
            self.generation += 1
            for account_no in account_nos:
                self._forget(account_no)

    def clear(self) -> None:
        """Forget everything: partitions came or went, or a transaction was rolled back."""
        with self._lock:
            self.generation += 1
            self._known.clear()
            self._users = 0

    def _forget(self, account_no: int) -> None:
        known = self._known.pop(account_no, None)
        if known is not None:
            self._users -= len(known.numbers)
