"""Fault 6: SIGSTOP beyond the poll interval, then SIGCONT: the paused consumer counts nothing twice."""

import sqlite3
from pathlib import Path

import pytest

from radar_health_score.main import SCHEMA
from tests.support.product import Process, Product, counted, uses
from tests.support.records import offsets_of, publish_events
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]
BURST = 3_000
ROUNDS = 3


def test_a_consumer_that_slept_through_its_partitions_loses_them(product: Product) -> None:
    bus = product.bus()
    product.more["RADAR_BATCH_RECORDS"] = "20"
    first = product.start("score").ready()
    second = product.start("score").ready()
    with offsets_of(product, SCHEMA) as offsets:
        for turn in range(ROUNDS):
            before = turn * BURST
            publish_events(bus, uses(BURST, prefix=f"turn{turn}"))
            eventually(lambda before=before: offsets.consumed() >= before + 200, every=0.001, within=40)
            freeze(first, product)
            try:
                done = before + BURST
                eventually(
                    lambda done=done: offsets.consumed() == done, within=60, what="the other takes over"
                )
            finally:
                first.child.thaw()
            first.ready()
        publish_events(bus, uses(500, prefix="after"))
        eventually(lambda: offsets.consumed() == ROUNDS * BURST + 500, within=60)
    assert counted(second) == ROUNDS * BURST + 500
    assert first.child.running()
    bus.close()


def freeze(process: Process, product: Product) -> None:
    """SIGSTOP. SQLite's write lock is the file's: who is frozen with it stops everyone, until thawed.

    So on the embedded pair the process is frozen again until it doesn't hold one. PostgreSQL ends the
    transaction of a client that doesn't go on.
    """
    process.child.freeze()
    if product.database_url is None:
        while not all(writable(product.folder / name) for name in ("log.db", "health.db")):
            process.child.thaw()
            process.child.freeze()


def writable(file: Path) -> bool:
    """Whether somebody could write to this SQLite file within a second."""
    connection = sqlite3.connect(file, timeout=1.0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True
