"""The accounts that wait for a score, the one that has waited longest first, and the batches that ask for it."""

from collections.abc import Iterable, Mapping
from itertools import islice

from radar_health_score.repositories.score_records import Pending


class ScoringQueue:
    """A queue in which an account stands once, however many batches ask for it while it waits.

    So nobody waits longer than it takes to score everybody else once, and a batch is done when each of its
    accounts was scored after it came. ``of``: whose accounts these are.
    """

    def __init__(self, of: object = None) -> None:
        self.of = of
        self._arrivals: dict[int, int | None] = {}
        self._asking: dict[int, list[int]] = {}
        self._left: dict[int, int] = {}
        self._newest: int | None = None

    @property
    def read_up_to(self) -> int | None:
        """The newest batch that needn't be read again; None when nobody waits: then look at all there are."""
        return self._newest if self._arrivals else None

    def add(self, batches: Iterable[Pending]) -> None:
        """Let the accounts of ``batches`` (oldest first) queue up."""
        for batch in batches:
            self._newest = batch.batch_no
            self._left[batch.batch_no] = len(batch.received)
            for account_no, arrival in batch.received.items():
                self._asking.setdefault(account_no, []).append(batch.batch_no)
                # History waits on purpose: its arrival is no measure of how quick we are.
                known = self._arrivals.setdefault(account_no, None)
                if not batch.history:
                    self._arrivals[account_no] = arrival if known is None else min(known, arrival)

    def first(self, count: int) -> Mapping[int, int | None]:
        """Return those who have waited longest: account -> oldest arrival of news (None: only history)."""
        return dict(islice(self._arrivals.items(), count))

    def scored(self, account_nos: Iterable[int]) -> list[int]:
        """Take accounts out of the queue; return the batches that are done by that."""
        done: list[int] = []
        for account_no in account_nos:
            del self._arrivals[account_no]
            for batch_no in self._asking.pop(account_no):
                self._left[batch_no] -= 1
                if not self._left[batch_no]:
                    del self._left[batch_no]
                    done.append(batch_no)
        return done
