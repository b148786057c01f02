"""Sees joins of a group through that end while nobody polls: kafka-python 3.0.12 loses them in two ways.

One that is set off by changed metadata is forgotten when the poll's time ends inside it: heartbeats stay off, nothing
is ever assigned, and no error is raised. One that has ended when the next poll comes is thrown away and begun anew:
where joining takes about as long as the time between two polls, a group of slow members never comes to rest.
"""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any


def finish_joining(client: Any) -> None:
    """See to it that a consumer's next poll completes the join that its last poll began.

    Asking for the join again makes it pick up the one under way.
    """
    coordinator = client._coordinator  # noqa: SLF001 - nothing public tells that a join is under way
    if coordinator._join_task is not None:  # noqa: SLF001
        coordinator.request_rejoin()


def keep_joins(client: Any, *, within: float) -> None:
    """Let a new consumer take up a join that ended while nobody polled, instead of beginning another.

    ``within``: seconds, less than those after which the brokers think a member gone that joined and sent no heartbeat.
    """
    coordinator = client._coordinator  # noqa: SLF001 - as above
    join = coordinator._do_join_and_sync_async  # noqa: SLF001
    coordinator._do_join_and_sync_async = KeptJoin(coordinator, join, within).attempt  # noqa: SLF001


class KeptJoin:
    """Stands before a coordinator's way to ``join``; all of it runs on the library's own loop."""

    def __init__(self, coordinator: Any, join: Callable[[], Awaitable[bytes]], within: float) -> None:
        self._coordinator = coordinator
        self._join = join
        self._within = within
        self._kept: tuple[Any, bytes, float] | None = None

    async def attempt(self) -> bytes:
        """Return the assignment that the last attempt brought, if nobody has taken it; else that of a new one."""
        kept, self._kept = self._kept, None
        if kept is None or not self._is_good(kept[0], kept[2]):
            assignment = await self._join()
            kept = self._coordinator._generation, assignment, monotonic()  # noqa: SLF001
        self._kept = kept
        return kept[1]

    def _is_good(self, generation: Any, at: float) -> bool:
        # Once an assignment is taken up the member is stable; one that is out of the group has another generation.
        waits = self._coordinator.rebalance_in_progress()
        return waits and generation is self._coordinator._generation and monotonic() - at < self._within  # noqa: SLF001
