"""A client that doesn't give up: sends events, and sends the same ones again until they are acknowledged."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import httpx2

from tests.support.product import Process


class Feeder(threading.Thread):
    """Sends ``events`` in batches to whichever ingest process ``target`` names at the moment."""

    def __init__(
        self, target: Callable[[], Process], events: Sequence[dict[str, Any]], *, batch: int = 20
    ) -> None:
        super().__init__(name="feeder", daemon=True)
        self._target = target
        self._batches = [events[start : start + batch] for start in range(0, len(events), batch)]
        self.acknowledged: set[str] = set()
        self.answers: list[int] = []
        self.ending = threading.Event()

    def run(self) -> None:
        for batch in self._batches:
            while not self.ending.is_set() and not self._send(batch):
                self.ending.wait(0.05)

    def _send(self, batch: Sequence[dict[str, Any]]) -> bool:
        try:
            answer = self._target().send(batch)
        except httpx2.TransportError:
            return False
        self.answers.append(answer.status_code)
        if answer.status_code != 200:
            return False
        self.acknowledged.update(event["id"] for event in batch)
        return True

    def finish(self, *, within: float = 60.0) -> None:
        """Wait until everything is acknowledged."""
        self.join(within)
        assert not self.is_alive(), f"not everything was acknowledged: {len(self.acknowledged)}"

    def wait_for(self, count: int, *, within: float = 60.0) -> None:
        """Wait until ``count`` events are acknowledged."""
        deadline = time.monotonic() + within
        while len(self.acknowledged) < count:
            assert time.monotonic() < deadline, f"{len(self.acknowledged)} of {count} acknowledged"
            self.ending.wait(0.002)
