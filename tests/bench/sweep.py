"""Scoring everybody: a real ``radar score`` on accounts with months of use behind them, few and many of them."""

import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from radar_chassis.config import Settings
from radar_health_score.main import database, migrate
from tests.bench.filled import Past, fill
from tests.bench.processes import cpu_seconds, highest_mib
from tests.bench.result import Figure, Result
from tests.bench.stage import embedded
from tests.support.product import Product
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
                f"{PAST.users}, {PAST.terms} terms. `radar score` on the embedded log and database: one process uses one core."
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
        shared = _swept(product, size, processes=2)
    aim = size == 10_000
    return (
        Figure(what=f"{size:,} accounts, the first time", value=first.seconds, unit="s"),
        Figure(what=f"{size:,} accounts, a later time", value=again.seconds, unit="s"),
        Figure(
            what=f"{size:,} accounts, two processes",
            value=shared.seconds,
            unit="s",
            aim="at most" if aim else "none",
            bound=_SECONDS if aim else None,
        ),
        Figure(what="processor time an account, first", value=1e3 * first.cpu / size, unit="ms"),
        Figure(what="processor time an account, later", value=1e3 * again.cpu / size, unit="ms"),
        Figure(
            what=f"memory, {size:,} accounts, two processes",
            value=shared.memory,
            unit="MiB",
            aim="at most",
            bound=_MIB if size <= 10_000 else _LARGE_MIB,
        ),
    )


class _Swept(NamedTuple):
    """What a sweep took: seconds, processor seconds, and MiB at most, of all processes."""

    seconds: float
    cpu: float
    memory: float


def _swept(product: Product, size: int, *, processes: int = 1) -> _Swept:
    """Start scorers, which share the partitions, and wait until they have scored everybody."""
    began_at = datetime.now(UTC)
    settings = {"RADAR_HEALTH__SWEEP_SECONDS": "1", "RADAR_LOG_LEVEL": "warning"}
    scorers = [product.start("score", **settings).ready() for _ in range(processes)]
    if processes > 1:
        began_at = datetime.now(UTC)  # the first has begun while the others were starting
    began, spent = time.monotonic(), sum(map(cpu_seconds, scorers))
    store = product.folder / "health.db"
    eventually(lambda: _scored(store, began_at) >= size, within=3_600, every=0.2, what="everybody was scored")
    seconds, cpu = time.monotonic() - began, sum(map(cpu_seconds, scorers)) - spent
    memory = sum(map(highest_mib, scorers))
    for scorer in scorers:
        scorer.child.stop()
    return _Swept(seconds, cpu, memory)


def _scored(store: Path, since: datetime) -> int:
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=10) as connection:
        micros = int(since.timestamp() * 1_000_000)
        query = "SELECT count(*) FROM latest_health WHERE as_of >= ?"
        return int(connection.execute(query, (micros,)).fetchone()[0])
