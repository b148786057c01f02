"""Brings rebalances from kafka-python's I/O thread to the thread that polls, and waits there for our answer.

The library calls listeners on the loop that also sends heartbeats. Ours read the database, so they must not run
there: the loop's coroutine waits (heartbeats go on) while the polling thread does the work inside ``poll``.
"""

import queue
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from radar_chassis.bus.kafka.library import AsyncConsumerRebalanceListener, LoopFuture
from radar_chassis.bus.port import Partition

Kind = Literal["assigned", "revoked", "lost"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """A rebalance to be carried out by the polling thread."""

    kind: Kind
    partitions: frozenset[Partition]
    done: Callable[[], None]


class Handover(AsyncConsumerRebalanceListener):  # type: ignore[misc]  # the library has no types
    """The listener kafka-python sees."""

    def __init__(self) -> None:
        self._inbox: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kafka-poll")
        self._loop: Any = None
        self._closed = False

    def attach(self, client: Any) -> None:
        """Learn the loop to answer to."""
        self._loop = client._net  # noqa: SLF001 - a coroutine can only be woken through the loop it runs on

    def run(self, work: Callable[[], T], serve: Callable[[Change], None]) -> T:
        """Run blocking ``work`` of the library elsewhere, and on this thread every change it brings meanwhile."""
        running: Future[T] = self._thread.submit(work)
        running.add_done_callback(lambda _: self._inbox.put(None))
        while (change := self._inbox.get()) is not None:
            try:
                serve(change)
            finally:
                change.done()
        return running.result()

    def close(self) -> None:
        """From now on changes need no answer: the polling thread is leaving."""
        self._closed = True
        self._thread.shutdown(wait=False)

    async def on_partitions_assigned(self, assigned: Iterable[Any]) -> None:
        """Partitions have come."""
        await self._pass_on("assigned", assigned)

    async def on_partitions_revoked(self, revoked: Iterable[Any]) -> None:
        """Partitions are to be handed over."""
        await self._pass_on("revoked", revoked)

    async def on_partitions_lost(self, lost: Iterable[Any]) -> None:
        """Partitions have gone to others (the library would call ``revoked``)."""
        await self._pass_on("lost", lost)

    async def _pass_on(self, kind: Kind, partitions: Iterable[Any]) -> None:
        ours = frozenset(Partition(one.topic, one.partition) for one in partitions)
        if self._closed or not ours:
            return
        answer = LoopFuture()
        self._inbox.put(
            Change(kind, ours, lambda: self._loop.call_soon_threadsafe(lambda: answer.success(None)))
        )
        await answer
