"""Scoring everybody: a real ``radar score`` on accounts with months of use behind them, few and many of them."""

import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from radar_chassis.config import Settings
from radar_health_score.main import database, migrate
from tests.bench.filled import Past, fill
from tests.bench.processes import cpu_seconds, highest_mib
from tests.bench.result import Figure, Result
from tests.bench.stage import embedded
from tests.support.product import Process, Product
from tests.support.wait import eventually

NAME: Final = "sweep"
LARGE: Final = "sweep-100000"
PAST: Final = Past()
_SECONDS, _MIB, _LARGE_MIB = 60.0, 1_024.0, 4_096.0


def measure(*, quick: bool) -> Result:
    """Sweep a thousand accounts, then ten thousand."""
    return _result((100, 200) if quick else (1_000, 10_000))


def measure_large(*, quick: bool) -> Result:
    """Sweep a hundred thousand; needs 12 GB of disk and a quarter of an hour."""
    return _result((300,) if quick else (100_000,))


def _result(sizes: tuple[int, ...]) -> Result:
    figures = [figure for size in sizes for figure in _figures(size)]
    return Result(
        name=NAME,
        title="Scoring every account again: a sweep of " + " and ".join(f"{size:,}" for size in sizes),
        figures=tuple(figures),
        notes=(
            (
                f"Each account: {PAST.features} features, {PAST.days} active days, {PAST.daily} users a day of "
                f"{PAST.users}, {PAST.terms} terms. One `radar score` on the embedded log and database."
            ),
            (
                "The first sweep scores accounts that never were: every snapshot is kept and published. In a later one a "
                "snapshot is kept where a reader would notice a change."
            ),
        ),
    )


def _figures(size: int) -> tuple[Figure, ...]:
    with embedded() as product:
        settings = Settings(data=product.folder)
        migrate(settings)
        tables = database(settings)
        fill(tables, size, PAST, datetime.now(UTC))
        tables.dispose()
        first = _swept(product, size)
        again = _swept(product, size)
    aim = size == 10_000
    most = _MIB if size <= 10_000 else _LARGE_MIB
    return (
        Figure(
            what=f"{size:,} accounts, the first time",
            value=first[0],
            unit="s",
            aim="at most" if aim else "none",
            bound=_SECONDS if aim else None,
        ),
        Figure(
            what=f"{size:,} accounts, a later time",
            value=again[0],
            unit="s",
            aim="at most" if aim else "none",
            bound=_SECONDS if aim else None,
        ),
        Figure(what="processor time an account, first", value=1e3 * first[1] / size, unit="ms"),
        Figure(what="processor time an account, later", value=1e3 * again[1] / size, unit="ms"),
        Figure(
            what=f"memory of the process, {size:,} accounts",
            value=max(first[2], again[2]),
            unit="MiB",
            aim="at most",
            bound=most,
        ),
    )


def _swept(product: Product, size: int) -> tuple[float, float, float]:
    """Start a scorer, wait until it has scored everybody; return seconds, processor seconds, MiB at most."""
    began_at = datetime.now(UTC)
    process = product.start("score", RADAR_HEALTH__SWEEP_SECONDS="1", RADAR_LOG_LEVEL="warning").ready()
    began, spent = time.monotonic(), cpu_seconds(process)
    store = product.folder / "health.db"
    eventually(lambda: _scored(store, began_at) >= size, within=1_800, every=0.2, what="everybody was scored")
    found = time.monotonic() - began, cpu_seconds(process) - spent, highest_mib(process)
    _end(process)
    return found


def _scored(store: Path, since: datetime) -> int:
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=10) as connection:
        micros = int(since.timestamp() * 1_000_000)
        query = "SELECT count(*) FROM latest_health WHERE as_of >= ?"
        return int(connection.execute(query, (micros,)).fetchone()[0])


def _end(process: Process) -> None:
    process.child.stop()
