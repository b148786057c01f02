"""One service's database: SQLite embedded, PostgreSQL in production, each service in its own schema.

Application code never commits: it works inside ``transaction()`` or ``run()``, and what it did is there whole
or not at all.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import structlog
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from radar_chassis.errors import ConfigurationError, Unavailable

log = structlog.get_logger()
T = TypeVar("T")

RETRIED_SQLSTATES: Final = frozenset({"40001", "40P01", "55P03"})
AWAY_SQLSTATE_CLASSES: Final = frozenset({"08", "53", "57", "58"})
ATTEMPTS: Final = 6
IDLE_IN_TRANSACTION_SECONDS: Final = 10
LOCK_SECONDS: Final = 5


class DatabaseUnavailable(Unavailable):
    """The database can't be reached or can't write right now; try again."""

    code = "database_unavailable"


class Database:
    """Connections to one service's tables.

    Args:
        url: an SQLAlchemy URL, ``sqlite:///file`` or ``postgresql+psycopg://…``.
        schema: the PostgreSQL schema that holds the tables; a SQLite file is a schema of its own.
    """

    def __init__(self, url: str, *, schema: str, pool_size: int = 8) -> None:
        self.url = make_url(url)
        self.schema = schema
        self.engine = _sqlite(url) if self.is_sqlite else _postgres(url, schema, pool_size)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield a connection in one transaction: committed at the end, rolled back on any error.

        Raises:
            DatabaseUnavailable: the database is away, or its disk is full.
        """
        with _translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that only reads, from one consistent view. Raises DatabaseUnavailable."""
        options: dict[str, Any] = {"radar_read_only": True}
        if not self.is_sqlite:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with _translated(), self.engine.connect().execution_options(**options) as connection:
            yield connection
            connection.rollback()

    def run(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in a transaction and return its answer, repeated whole if it was a conflict's victim.

        ``work`` may run several times, so it must not touch anything but the connection.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self.transaction() as connection:
                    return work(connection)
            except TransactionConflict:
                if attempt == ATTEMPTS:
                    raise
                time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter, not a secret
        raise AssertionError("unreachable")

    def ping(self) -> None:
        """Raise DatabaseUnavailable unless a statement can be run now."""
        with self.reading() as connection:
            connection.execute(text("SELECT 1"))

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


class TransactionConflict(DatabaseUnavailable):
    """The database chose this transaction as the victim of a conflict; run it again."""

    code = "transaction_conflict"


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _translate(error) from error
    except NoFreeConnection as error:
        raise DatabaseUnavailable(
            "Every connection to the database is busy; try again.", retry_after=1
        ) from error


def _translate(error: DBAPIError) -> Exception:
    original = error.orig
    state = getattr(original, "sqlstate", None)
    if state in RETRIED_SQLSTATES or "database is locked" in str(original):
        return TransactionConflict(
            "The database was busy with a conflicting change; try again.", retry_after=1
        )
    lost = error.connection_invalidated or isinstance(error, InterfaceError)
    away = state is None and isinstance(error, OperationalError) and "syntax" not in str(original)
    if lost or away or (state or "")[:2] in AWAY_SQLSTATE_CLASSES:
        if "no such" in str(original):
            return error
        log.warning("database_unavailable", error=type(original).__name__, sqlstate=state)
        return DatabaseUnavailable(
            "The database can't be reached or can't be written to; try again.", retry_after=5
        )
    return error


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours to say, see below
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "cache_size=-32000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # BEGIN IMMEDIATE takes the write lock at once: a later upgrade from a read can fail without waiting.
        mode = "DEFERRED" if connection.get_execution_options().get("radar_read_only") else "IMMEDIATE"
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def _postgres(url: str, schema: str, pool_size: int) -> Engine:
    try:
        import psycopg  # noqa: F401, PLC0415 - the extra is optional
    except ImportError as error:
        raise ConfigurationError(
            "PostgreSQL needs the extra: pip install 'renewal-radar[postgres]'."
        ) from error
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=4,
        pool_pre_ping=True,
        pool_timeout=10,
        connect_args={"options": _session(schema), "connect_timeout": 5},
    )


def _session(schema: str) -> str:
    # A process that is frozen in a transaction keeps its rows locked, the offsets of its partitions among them.
    # The server ends such a transaction, and whoever waits for it gives up, rolls back and comes again.
    settings = {
        "search_path": schema,
        "idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION_SECONDS}s",
        "lock_timeout": f"{LOCK_SECONDS}s",
    }
    return " ".join(f"-c {name}={value}" for name, value in settings.items())
