"""Sends batches of events over a few keep-alive connections, on raw sockets so that it takes little from the server.

Every answer must be a 200 that accepts the whole batch. Paced when ``rate`` (events a second) is given: then the time
of an answer counts from the moment its request was due, also when the ones before were late.
"""

import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bench.events import EventSource, batches
from tests.bench.worker import serve


@dataclass(slots=True)
class Lane:
    """One connection: at most one request under way."""

    wire: socket.socket
    due: float = 0.0
    received: bytearray = field(default_factory=bytearray)


class Load:
    """Sends ``bodies`` to ``host``:``port``, one request a lane at a time."""

    def __init__(
        self, *, port: int, key: str, bodies: list[bytes], size: int, lanes: int, rate: float | None
    ) -> None:
        head = f"POST /v1/events HTTP/1.1\r\nHost: radar\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
        self._requests = deque(
            f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body for body in bodies
        )
        self._expected = b'{"accepted":%d,' % size
        self._apart = None if rate is None else size / rate
        self._idle = [Lane(socket.create_connection(("127.0.0.1", port))) for _ in range(lanes)]
        self._selector = selectors.DefaultSelector()
        self.times: list[float] = []

    def run(self) -> float:
        """Send everything; return the seconds from the first byte to the last answer."""
        began = now = time.perf_counter()
        total, sent = len(self._requests), 0
        while len(self.times) < total:
            while self._idle and self._requests:
                due = now if self._apart is None else began + sent * self._apart
                if due > now:
                    break
                self._send(self._idle.pop(), due)
                sent += 1
            wait = None if self._apart is None else max(0.0, began + sent * self._apart - time.perf_counter())
            for key, _ in self._selector.select(wait if self._idle and self._requests else None):
                self._receive(key.data)
            now = time.perf_counter()
        return now - began

    def _send(self, lane: Lane, due: float) -> None:
        lane.due = due
        lane.wire.sendall(self._requests.popleft())
        self._selector.register(lane.wire, selectors.EVENT_READ, lane)

    def _receive(self, lane: Lane) -> None:
        piece = lane.wire.recv(1 << 18)
        assert piece, "the server closed the connection"
        lane.received += piece
        head, found, body = lane.received.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        assert head.startswith(b"HTTP/1.1 200"), bytes(lane.received[:500])
        assert body.startswith(self._expected), bytes(body[:300])
        lane.received.clear()
        self.times.append(time.perf_counter() - lane.due)
        self._selector.unregister(lane.wire)
        self._idle.append(lane)


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0])


def prepare(
    *, port: int, key: str, events: int, accounts: int, tag: str, size: int = 100, lanes: int = 16,
    rate: float | None = None, warm_up: int = 0,
) -> Callable[[], dict[str, Any]]:  # fmt: skip
    """Make the bodies, and send ``warm_up`` events ahead."""
    source = EventSource(accounts=accounts, tag=tag)
    if warm_up:
        warm = batches(source.take(warm_up), size)
        Load(port=port, key=key, bodies=warm, size=size, lanes=lanes, rate=None).run()
    bodies = batches(source.take(events), size)
    load = Load(port=port, key=key, bodies=bodies, size=size, lanes=lanes, rate=rate)

    def work() -> dict[str, Any]:
        busy = time.process_time()
        seconds = load.run()
        answers = sorted(load.times)
        return {
            "events": events,
            "seconds": seconds,
            "cpu": time.process_time() - busy,
            "bytes": sum(map(len, bodies)),
            "p50": answers[len(answers) // 2],
            "p99": answers[int(len(answers) * 0.99)],
        }

    return work


if __name__ == "__main__":
    serve(prepare)
