"""A rate per key: a bucket of tokens that may go into debt, so that a large batch is taken and paid off."""

from collections.abc import Callable

from radar_chassis.errors import RateLimited

_KEYS = 10_000


class Rate:
    """Lets each key send ``per_second`` records on average, and up to ``burst`` seconds' worth at once.

    ``per_second`` None means no limit. Counted per process.
    """

    def __init__(
        self, per_second: float | None, monotonic: Callable[[], float], *, burst: float = 2.0
    ) -> None:
        self._per_second = per_second
        self._monotonic = monotonic
        self._most = (per_second or 0.0) * burst
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key_id: str, records: int) -> None:
        """Pay for ``records``. Raises RateLimited, and takes nothing, while the key is in debt."""
        if self._per_second is None:
            return
        now = self._monotonic()
        tokens, since = self._buckets.pop(key_id, (self._most, now))
        tokens = min(self._most, tokens + (now - since) * self._per_second)
        if tokens <= 0:
            self._buckets[key_id] = (tokens, now)
            raise RateLimited(
                "This key sends faster than its rate; wait as Retry-After says, then send this again.",
                retry_after=max(1.0, (1 - tokens) / self._per_second),
            )
        self._buckets[key_id] = (tokens - records, now)
        if len(self._buckets) > _KEYS:
            del self._buckets[next(iter(self._buckets))]
