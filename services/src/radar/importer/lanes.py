"""Several requests in flight, with each account's events in order: an account always takes the same lane."""

import queue
import threading
import zlib
from collections.abc import Callable, Sequence
from typing import Final

from radar.importer.record import Record

Batch = Sequence[Record]
BATCH_RECORDS: Final = 2_000
BATCH_BYTES: Final = 4_000_000
WAITING_BATCHES: Final = 2


class Lanes:
    """Gathers records into batches and sends them, one batch at a time in each lane.

    The first error of any lane comes out of ``put`` or ``finish``; nothing more is sent after it.
    """

    def __init__(self, send: Callable[[Batch], None], *, count: int = 4) -> None:
        self._lanes = [_Lane(send, self._fail, number) for number in range(count)]
        self._error: BaseException | None = None
        self._lock = threading.Lock()

    def put(self, record: Record) -> None:
        """Add a record; waits while its lane is full."""
        self._raise()
        self._lanes[zlib.crc32(record.account_id.encode()) % len(self._lanes)].put(record)

    def finish(self) -> None:
        """Send what is left and wait for every answer."""
        for lane in self._lanes:
            lane.close()
        for lane in self._lanes:
            lane.join()
        self._raise()

    def abandon(self) -> None:
        """Send nothing more than what is under way."""
        for lane in self._lanes:
            lane.abandon()

    def _fail(self, error: BaseException) -> None:
        with self._lock:
            self._error = self._error or error
        self.abandon()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error


class _Lane:
    def __init__(
        self, send: Callable[[Batch], None], fail: Callable[[BaseException], None], number: int
    ) -> None:
        self._send = send
        self._fail = fail
        self._records: list[Record] = []
        self._bytes = 0
        self._batches: queue.Queue[Batch | None] = queue.Queue(WAITING_BATCHES)
        self._abandoned = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"lane-{number}", daemon=True)
        self._thread.start()

    def put(self, record: Record) -> None:
        self._records.append(record)
        self._bytes += len(record.line)
        if len(self._records) >= BATCH_RECORDS or self._bytes >= BATCH_BYTES:
            self._flush()

    def close(self) -> None:
        if self._records:
            self._flush()
        self._batches.put(None)

    def abandon(self) -> None:
        self._abandoned.set()

    def join(self) -> None:
        self._thread.join()

    def _flush(self) -> None:
        self._batches.put(self._records)
        self._records, self._bytes = [], 0

    def _run(self) -> None:
        # An abandoned lane goes on emptying its queue, so that nobody waits at its full end.
        while (batch := self._batches.get()) is not None:
            if self._abandoned.is_set():
                continue
            try:
                self._send(batch)
            except Exception as error:  # noqa: BLE001 - whatever it is, the main thread reports it
                self._fail(error)
