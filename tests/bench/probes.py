"""Sends probes at a steady pace and notes when each account's score is to be seen over HTTP."""

import threading
import time

from tests.bench.probe import at_risk
from tests.support.product import Process

CHECK_EVERY = 0.05


class Probes:
    """``sent`` and ``seen`` tell, by account, when its events were on their way and when its score showed."""

    def __init__(self, ingest: Process, score: Process) -> None:
        self._ingest = ingest
        self._score = score
        self._ending = threading.Event()
        self._waiting: list[str] = []
        self.sent: dict[str, float] = {}
        self.seen: dict[str, float] = {}
        self._looker = threading.Thread(target=self._look, daemon=True)
        self._looker.start()

    def send(self, number: int) -> None:
        """Send one probe and go on."""
        name = f"probe-{number:05d}"
        self.sent[name] = time.monotonic()
        answer = self._ingest.send(at_risk(name))
        assert answer.status_code == 200, answer.text
        self._waiting.append(name)

    def pace(self, *, first: int, every: float, seconds: float) -> int:
        """Send probes numbered from ``first`` for so long; return the number after the last."""
        began, number = time.monotonic(), first
        while (due := began + (number - first) * every) < began + seconds:
            time.sleep(max(0.0, due - time.monotonic()))
            self.send(number)
            number += 1
        return number

    def wait(self, names: set[str], *, within: float) -> None:
        """Wait until the scores of ``names`` have been seen."""
        until = time.monotonic() + within
        while not names <= self.seen.keys() and time.monotonic() < until:
            time.sleep(CHECK_EVERY)

    def close(self) -> None:
        """Stop looking."""
        self._ending.set()
        self._looker.join(10)

    def _look(self) -> None:
        """Ask for the one that waits longest, so that asking takes little of what is measured."""
        while not self._ending.is_set():
            if not (self._waiting and self._is_seen(self._waiting[0])):
                self._ending.wait(CHECK_EVERY)

    def _is_seen(self, name: str) -> bool:
        found = self._score.get("/v1/accounts", q=name, limit=1)["items"]
        seen = any(one["account_id"] == name and one["score"] is not None for one in found)
        if seen:
            self.seen[name] = time.monotonic()
            self._waiting.remove(name)
        return seen
