"""Decides what to score when: accounts that events touched first, then those that time alone has aged."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from radar_health_score.service.scoring.rescoring import CHUNK, Rescoring

IDLE_SECONDS: Final = 1.0
LONGEST_REST: Final = 1.0
QUEUED_REST: Final = 0.25


class ScoringLoop:
    """The work of a periodic task; owns no thread.

    Args:
        owned: the partitions that are ours now; we score their accounts and no others.
        sweep_every: an account is scored again at least this often, since silence is a signal.
    """

    def __init__(
        self,
        rescoring: Rescoring,
        owned: Callable[[], frozenset[int]],
        *,
        sweep_every: timedelta,
        sweep_accounts: int,
    ) -> None:
        self._rescoring = rescoring
        self._owned = owned
        self._sweep_every = sweep_every
        self._sweep_accounts = sweep_accounts
        self._rested_at = 0.0
        self._next_sweep = 0.0
        self._renewed_at = float("-inf")

    def renew(self) -> None:
        """Score every account again, at the pace of a sweep: what scores are made by has changed."""
        self._renewed_at = time.monotonic()
        self._next_sweep = 0.0

    def __call__(self) -> float:
        """Do one piece of work; return the seconds to wait for the next."""
        rest = self._rested_at - time.monotonic()
        if rest > 0:
            return rest
        partitions = self._owned()
        if not partitions:
            return IDLE_SECONDS
        began = time.monotonic()
        touched = self._rescoring.pending(partitions)
        # Also while events keep coming: the busy accounts must not hide the silent ones.
        pause = self._sweep(partitions)
        if touched:
            # Folding goes on meanwhile, and an account is scored once for many events. When accounts queue up the
            # rest is short: they are scored once for many anyway.
            share = QUEUED_REST if touched == CHUNK else 1.0
            rest = min((time.monotonic() - began) * share, LONGEST_REST)
            self._rested_at = time.monotonic() + rest
            return rest
        return pause

    def _sweep(self, partitions: frozenset[int]) -> float:
        now = time.monotonic()
        if now < self._next_sweep:
            return min(IDLE_SECONDS, self._next_sweep - now)
        since_renewal = timedelta(seconds=min(now - self._renewed_at, self._sweep_every.total_seconds()))
        scored = self._rescoring.sweep(partitions, since_renewal, self._sweep_accounts)
        if scored < self._sweep_accounts:
            self._next_sweep = now + min(60.0, self._sweep_every.total_seconds() / 10)
            return IDLE_SECONDS
        return 0.0
