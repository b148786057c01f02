"""One consumer of health-score in a process of its own: the chassis' worker with the real handler, from log to commit.

It folds the history and stands still until told to go on: only what comes then is measured. It notes the moment of
each commit, and keeps what it wrote, for the floor to write the same.
"""

import pickle
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import Connection, Engine

from radar.interpreter import tune_garbage_collection
from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import Partition
from radar_chassis.clock import SystemClock
from radar_chassis.store.database import Database
from radar_chassis.store.migrate import migrate
from radar_chassis.worker.handler import Decoded
from radar_chassis.worker.worker import Worker, WorkerSettings
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.entrypoints.event_handler import EventHandler
from radar_health_score.main import MIGRATIONS
from radar_health_score.repositories.bulk import Row, Shape
from radar_health_score.repositories.bulk_postgres import PostgresBulk
from radar_health_score.repositories.fold_store import FoldStore
from radar_health_score.service.state.events import Event
from radar_health_score.service.state.folding import Folder
from tests.bench.fold_written import BatchWritten
from tests.bench.worker import serve

_PATIENCE = 200.0


class KeepingBulk(PostgresBulk):
    """The real bulk statements; remembers references to the ids claimed and the rollup rows put."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.claims: list[tuple[int, list[bytes]]] = []
        self.rollups: list[Row] = []
        self.rows = 0

    def claim(self, connection: Connection, week: int, ids: Sequence[bytes]) -> set[bytes]:
        self.claims.append((week, list(ids)))
        return super().claim(connection, week, ids)

    def put(self, connection: Connection, shape: Shape, rows: Sequence[Row]) -> None:
        if shape.table == "day_use":
            self.rollups.extend(rows)
        self.rows += len(rows)
        super().put(connection, shape, rows)

    def append(self, connection: Connection, shape: Shape, rows: Sequence[Row]) -> None:
        self.rows += len(rows)
        super().append(connection, shape, rows)

    def written(self, records: int, at: float) -> BatchWritten:
        """Return what was written since the last time."""
        done = BatchWritten(records=records, at=at, claims=self.claims, rollups=self.rollups, rows=self.rows)
        self.claims, self.rollups, self.rows = [], [], 0
        return done


class Noting(EventHandler):
    """The real handler, noting each commit; it stands still after the first ``history`` records."""

    def __init__(self, folder: Folder, bulk: KeepingBulk, *, history: int, more: int) -> None:
        super().__init__(folder, lambda: None)
        self._bulk = bulk
        self._before, self._after = history, more
        self.batches: list[BatchWritten] = []
        self.history_done, self.go, self.done = threading.Event(), threading.Event(), threading.Event()

    def committed(self, batch: Sequence[Decoded[Event]]) -> None:
        super().committed(batch)
        written = self._bulk.written(len(batch), time.perf_counter())
        if not self.history_done.is_set():
            self._before -= len(batch)
            if self._before <= 0:
                self.history_done.set()
                assert self.go.wait(_PATIENCE)
            return
        self.batches.append(written)
        self._after -= len(batch)
        if self._after <= 0:
            self.done.set()

    def discard(self, partitions: frozenset[Partition]) -> None:
        self._bulk.written(0, 0.0)
        super().discard(partitions)


def prepare(
    *, bus: str, database: str, topic: str, history: int, more: int, keep: str | None
) -> Callable[[], dict[str, Any]]:
    """Migrate an empty database and fold ``history`` records of ``topic``; the work folds ``more``, which came since."""
    store = Database(database, schema="health")
    bulk = KeepingBulk(store.engine)
    migrate(store, MIGRATIONS)
    folder = Folder(FoldStore(bulk), WorkspaceDays("UTC"))
    handler = Noting(folder, bulk, history=history, more=more)
    log = open_bus(bus)
    worker = Worker[Event](
        "bench",
        bus=log,
        database=store,
        handler=handler,
        clock=SystemClock(),
        settings=WorkerSettings(group=f"bench-{time.time_ns()}", topics=(topic,)),
    )
    tune_garbage_collection()
    worker.start()
    assert handler.history_done.wait(_PATIENCE), "the history did not come to its end"

    def work() -> dict[str, Any]:
        began, busy = time.perf_counter(), time.process_time()
        handler.go.set()
        assert handler.done.wait(_PATIENCE), "the fold did not come to the end of the topic"
        busy = time.process_time() - busy
        rss = psutil.Process().memory_info().rss / 2**20
        worker.stop()
        worker.join(10)
        log.close()
        store.dispose()
        if keep is not None:
            Path(keep).write_bytes(pickle.dumps(handler.batches))
        return {**_sums(handler.batches), "seconds": handler.batches[-1].at - began, "cpu": busy, "rss": rss}

    return work


def _sums(batches: Sequence[BatchWritten]) -> dict[str, int]:
    return {
        "records": sum(one.records for one in batches),
        "rows": sum(one.rows for one in batches),
        "rollups": sum(len(one.rollups) for one in batches),
        "bytes": sum(len(row[3]) for one in batches for row in one.rollups),
        "batches": len(batches),
    }


if __name__ == "__main__":
    serve(prepare)
