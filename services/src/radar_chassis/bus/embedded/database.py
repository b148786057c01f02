"""The SQLite file under the log: how it is opened, its tables, and its errors in our words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from radar_chassis.bus.in_flight import unavailable

# A record's row id is its partition's id and its offset, so a partition is one range of the table.
OFFSET_BITS = 40

_TABLES = """
CREATE TABLE IF NOT EXISTS topic (
    name TEXT PRIMARY KEY, partitions INTEGER NOT NULL, compacted INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS part (
    id INTEGER PRIMARY KEY, topic TEXT NOT NULL, number INTEGER NOT NULL,
    first INTEGER NOT NULL DEFAULT 0, next INTEGER NOT NULL DEFAULT 0, UNIQUE (topic, number)
);
CREATE TABLE IF NOT EXISTS record (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, key BLOB NOT NULL, value BLOB, headers BLOB
);
CREATE TABLE IF NOT EXISTS member (
    name TEXT PRIMARY KEY, "group" TEXT NOT NULL, topics TEXT NOT NULL, joined INTEGER NOT NULL, until REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claim (
    "group" TEXT NOT NULL, part INTEGER NOT NULL, member TEXT NOT NULL, PRIMARY KEY ("group", part)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS progress (
    "group" TEXT NOT NULL, part INTEGER NOT NULL, next INTEGER NOT NULL, at REAL NOT NULL, PRIMARY KEY ("group", part)
) WITHOUT ROWID;
"""


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn SQLite's errors (locked, full, unreadable, gone) into BusUnavailable."""
    try:
        yield
    except sqlite3.Error as error:
        raise unavailable(f"The event log's file can't be used right now ({error}).", error) from error


def connect(path: Path, *, lock_timeout: float) -> sqlite3.Connection:
    """Open the log at ``path``, making it where it doesn't exist.

    Args:
        path: the file.
        lock_timeout: seconds to wait for another writer before the file counts as locked.

    Raises:
        sqlite3.Error: it can't be opened; see ``translated_errors``.
    """
    connection = sqlite3.connect(path, timeout=lock_timeout, isolation_level=None, check_same_thread=False)
    try:
        # Only a new file learns this: pages that trimming frees can be given back.
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-4000")
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'progress'").fetchone() is None:
            connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one write transaction: durable when it ends, undone when it raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
